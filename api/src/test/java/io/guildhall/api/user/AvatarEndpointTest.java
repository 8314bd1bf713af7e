package io.guildhall.api.user;

import static org.hamcrest.Matchers.containsString;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;

class AvatarEndpointTest {

    private final MockMvc http =
            MockMvcBuilders.standaloneSetup(new AvatarEndpoint()).build();

    @Test
    void drawsInitials() throws Exception {
        http.perform(get("/avatars/al-0123abcd.svg"))
                .andExpect(status().isOk())
                .andExpect(content().contentType("image/svg+xml"))
                .andExpect(content().string(containsString(">AL</text>")))
                .andExpect(header().string("Cache-Control", containsString("immutable")));
    }

    @Test
    void drawsNobody() throws Exception {
        http.perform(get("/avatars/x-0123abcd.svg")).andExpect(content().string(containsString(">?</text>")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc-0123abcd", "A-0123abcd", "a-0123abcg", "a-0123", "a"})
    void drawsNothingElse(String name) throws Exception {
        http.perform(get("/avatars/{name}.svg", name)).andExpect(status().isNotFound());
    }
}
