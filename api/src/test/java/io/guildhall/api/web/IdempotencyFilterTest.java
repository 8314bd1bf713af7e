package io.guildhall.api.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import io.guildhall.api.error.ApiExceptionHandler;
import io.guildhall.api.error.ProblemWriter;
import io.guildhall.api.error.RequestRejectionException;
import io.guildhall.infrastructure.command.ReadModelProgress;
import io.guildhall.infrastructure.idempotency.IdempotencyStore;
import io.guildhall.infrastructure.idempotency.IdempotentExecution;
import io.guildhall.testing.TestDatabase;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

class IdempotencyFilterTest {

    private static final JdbcClient SQL =
            JdbcClient.create(TestDatabase.migrated().dataSource());

    private final IdempotencyStore store = new IdempotencyStore(SQL, JsonMapper.shared(), purpose -> new byte[32]);
    private final Route route = new Route();
    private final MockMvc http = MockMvcBuilders.standaloneSetup(route)
            .addFilters(new IdempotencyFilter(store, new ProblemWriter(JsonMapper.shared())))
            .addInterceptors(new IdempotencyInterceptor(store, mock(ReadModelProgress.class)))
            .setControllerAdvice(new ApiExceptionHandler())
            .build();
    private final String key = UUID.randomUUID().toString();

    @RestController
    static class Route {

        private final AtomicInteger calls = new AtomicInteger();

        @PostMapping("/things")
        Map<String, Object> make(@RequestBody Map<String, Object> body, HttpServletResponse response) {
            int call = calls.incrementAndGet();
            IdempotentExecution execution = IdempotentExecution.current();
            execution.beginCommand();
            execution.endCommand(!"unchanged".equals(body.get("name")));
            response.setHeader(CommandExecutor.POSITION, Integer.toString(call));
            switch (String.valueOf(body.get("name"))) {
                case "broken" -> throw new IllegalStateException("broken");
                case "often" -> throw RequestRejectionException.rateLimitExceeded("Too many", Duration.ofSeconds(1));
                default -> {
                    return Map.of("call", call, "made", body);
                }
            }
        }
    }

    @Test
    void givesTheSameAnswerAndDoesItOnce() throws Exception {
        String first = call("acme")
                .andExpect(status().isOk())
                .andReturn()
                .getResponse()
                .getContentAsString();

        call("acme")
                .andExpect(status().isOk())
                .andExpect(content().contentType(MediaType.APPLICATION_JSON))
                .andExpect(content().string(first))
                .andExpect(header().string(CommandExecutor.POSITION, "1"))
                .andExpect(header().string("Idempotency-Replayed", "true"));
        assertThat(route.calls).hasValue(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"broken", "often", "unchanged"})
    void keepsNothingThatMayTurnOutOtherwise(String name) throws Exception {
        call(name);
        call(name);

        assertThat(route.calls).hasValue(2);
    }

    @Test
    void refusesAnotherBody() throws Exception {
        call("acme");

        call("other")
                .andExpect(status().is(422))
                .andExpect(jsonPath("$.type").value("/problems/idempotency-key-reused"));
        assertThat(route.calls).hasValue(1);
    }

    @Test
    void refusesAKeyThatIsNone() throws Exception {
        http.perform(post("/things")
                        .header("Idempotency-Key", "a key")
                        .contentType(MediaType.APPLICATION_JSON)
                        .content("{}"))
                .andExpect(status().isBadRequest())
                .andExpect(jsonPath("$.fields[0].field").value("Idempotency-Key"));
    }

    @Test
    void doesNothingWithoutAKey() throws Exception {
        for (int i = 0; i < 2; i++) {
            http.perform(post("/things").contentType(MediaType.APPLICATION_JSON).content("{}"));
        }

        assertThat(route.calls).hasValue(2);
    }

    /** Anonymous callers have nothing in common. */
    @Test
    void knowsAnonymousCallersByTheBody() throws Exception {
        String first = anonymously("acme").andReturn().getResponse().getContentAsString();

        anonymously("other").andExpect(status().isOk());
        anonymously("acme").andExpect(content().string(first));
        assertThat(route.calls).hasValue(2);
    }

    private ResultActions anonymously(String name) throws Exception {
        return http.perform(post("/things")
                .header("Idempotency-Key", key)
                .contentType(MediaType.APPLICATION_JSON)
                .content("{\"name\": \"%s\"}".formatted(name)));
    }

    private ResultActions call(String name) throws Exception {
        return http.perform(post("/things")
                .header("Idempotency-Key", key)
                .header("Authorization", "Bearer of somebody")
                .contentType(MediaType.APPLICATION_JSON)
                .content("{\"name\": \"%s\"}".formatted(name)));
    }
}
