package io.guildhall.api.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class RequestIdTest {

    private final AtomicReference<String> within = new AtomicReference<>();

    @Test
    void isTheCallersOwnWhenItIsSane() throws Exception {
        assertThat(replyTo("build-7_of.9")).isEqualTo("build-7_of.9").isEqualTo(within.get());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "<script>", "0123456789012345678901234567890123456789012345678901234567890123x"})
    void isMadeOtherwise(String given) throws Exception {
        assertThat(replyTo(given)).hasSize(36).isEqualTo(within.get());
    }

    @Test
    void isAnotherForEachRequest() throws Exception {
        assertThat(replyTo(null)).isNotEqualTo(replyTo(null));
    }

    private @Nullable String replyTo(@Nullable String given) throws Exception {
        var request = new MockHttpServletRequest();
        if (given != null) {
            request.addHeader("X-Request-Id", given);
        }
        var response = new MockHttpServletResponse();
        new RequestId().doFilter(request, response, (in, out) -> within.set(RequestId.current()));
        return response.getHeader("X-Request-Id");
    }
}
