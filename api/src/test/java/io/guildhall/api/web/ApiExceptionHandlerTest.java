package io.guildhall.api.web;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import io.guildhall.api.error.ApiExceptionHandler;
import io.guildhall.api.error.RequestRejectionException;
import io.guildhall.api.validation.OneOf;
import io.guildhall.domain.shared.DomainRejectionException;
import io.guildhall.domain.shared.Rejection;
import jakarta.validation.constraints.PastOrPresent;
import jakarta.validation.constraints.Pattern;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.format.support.DefaultFormattingConversionService;
import org.springframework.format.support.FormattingConversionService;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.test.json.JsonCompareMode;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.validation.beanvalidation.LocalValidatorFactoryBean;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

class ApiExceptionHandlerTest {

    private static final JsonMapper JSON = json();

    private final Route route = new Route();
    private final MockMvc http = MockMvcBuilders.standaloneSetup(route)
            .setControllerAdvice(new ApiExceptionHandler())
            .setConversionService(conversions())
            .setValidator(validator())
            .setMessageConverters(new JacksonJsonHttpMessageConverter(JSON))
            .build();

    private static JsonMapper json() {
        var builder = JsonMapper.builder();
        new Json().contractJson().customize(builder);
        return builder.build();
    }

    private static FormattingConversionService conversions() {
        var conversions = new DefaultFormattingConversionService();
        WebConfiguration.addConverters(conversions);
        return conversions;
    }

    private static LocalValidatorFactoryBean validator() {
        var validator = new LocalValidatorFactoryBean();
        validator.setConfigurationInitializer(configuration ->
                configuration.clockProvider(() -> Clock.fixed(Instant.parse("2026-03-01T12:00:00Z"), ZoneOffset.UTC)));
        validator.afterPropertiesSet();
        return validator;
    }

    record Body(
            @Nullable String text,
            @Nullable Integer number,
            @Nullable Boolean flag,
            @Nullable Instant at,
            @Nullable Inner inner,
            @Nullable Map<String, Object> anything,
            @Nullable UUID id) {}

    record Listed(
            List<String> statuses,
            @Nullable Instant asOf,
            @Nullable UUID user,
            String after) {}

    record Inner(@Nullable String deepText) {}

    @RestController
    static class Route {

        private Supplier<Object> answer = () -> "";

        @GetMapping("/fails")
        Object fails() {
            return answer.get();
        }

        @GetMapping("/things/{id}")
        Object thing(@PathVariable UUID id) {
            return id;
        }

        @GetMapping("/lists")
        Object list(
                @RequestParam(defaultValue = "") List<@OneOf("OPEN, CLOSED") String> someStatuses,
                @RequestParam(name = "as_of", required = false) @PastOrPresent @Nullable Instant asOf,
                @RequestParam(name = "user_id", required = false) @Nullable UUID user,
                @RequestParam(defaultValue = "0") @Pattern(regexp = "[0-9]{1,18}", message = "must be a number.") String after,
                @RequestHeader(name = "Last-Event-ID", defaultValue = "")
                        @Pattern(regexp = "[0-9]*", message = "must be a number.") String lastEventId) {
            return new Listed(someStatuses, asOf, user, after);
        }

        @PostMapping("/reads")
        Object reads(@RequestBody Body body) {
            return body;
        }
    }

    private static Rejection rejection(Rejection.Kind kind, @Nullable String field) {
        return new Rejection(kind, "reason", "Because.", field, null, Map.of());
    }

    @ParameterizedTest
    @CsvSource({
        "INVALID_ARGUMENT, name, 400, invalid_argument",
        "FAILED_PRECONDITION, name, 400, invalid_argument",
        "FAILED_PRECONDITION,, 400, failed_precondition",
        "NOT_FOUND,, 404, unknown_resource",
        "UNAUTHENTICATED,, 401, authentication_error",
        "FORBIDDEN,, 403, authorization_required"
    })
    void giveEachKindOfRejectionItsStatusAndCode(Rejection.Kind kind, String field, int status, String code)
            throws Exception {
        route.answer = () -> {
            throw new DomainRejectionException(rejection(kind, field));
        };

        http.perform(get("/fails"))
                .andExpect(status().is(status))
                .andExpect(content().contentType(MediaType.APPLICATION_JSON))
                .andExpect(jsonPath("$.status").value(status))
                .andExpect(jsonPath("$.code").value(code))
                .andExpect(jsonPath("$.message").value("Because."))
                .andExpect(jsonPath("$.type").value("/problems/reason"))
                .andExpect(jsonPath("$.title").isNotEmpty())
                .andExpect(jsonPath("$.detail").value("Because."))
                .andExpect(jsonPath("$.instance").isNotEmpty());
    }

    @Test
    void nameTheField() throws Exception {
        route.answer = () -> {
            throw new DomainRejectionException(rejection(Rejection.Kind.INVALID_ARGUMENT, "email"));
        };

        http.perform(get("/fails"))
                .andExpect(jsonPath("$.fields[0].field").value("email"))
                .andExpect(jsonPath("$.fields[0].description").value("Because."));
    }

    @ParameterizedTest
    @EnumSource
    void haveNoFieldsWithoutAField(Rejection.Kind kind) throws Exception {
        route.answer = () -> {
            throw new DomainRejectionException(rejection(kind, null));
        };

        http.perform(get("/fails")).andExpect(jsonPath("$.fields").doesNotExist());
    }

    @Test
    void sayWhenToComeAgain() throws Exception {
        route.answer = () -> {
            throw RequestRejectionException.rateLimitExceeded("Too many", Duration.ofMillis(41_001));
        };

        http.perform(get("/fails"))
                .andExpect(status().isTooManyRequests())
                .andExpect(header().string("Retry-After", "42"));
    }

    @Test
    void areRfc9457ForWhoAsksForIt() throws Exception {
        route.answer = () -> {
            throw RequestRejectionException.of(HttpStatus.CONFLICT, "conflict", "Not now.");
        };

        http.perform(get("/fails").accept("application/problem+json"))
                .andExpect(status().isConflict())
                .andExpect(content().contentType(MediaType.APPLICATION_PROBLEM_JSON));
    }

    @Test
    void keepWhatWentWrongInsideToThemselves() throws Exception {
        route.answer = () -> {
            throw new IllegalStateException("the secret is 42");
        };

        http.perform(get("/fails"))
                .andExpect(status().isInternalServerError())
                .andExpect(jsonPath("$.code").value("api_error"))
                .andExpect(content().string(not(containsString("secret"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"08006", "57P01", "53300"})
    void tellAnOutageFromAMistake(String state) throws Exception {
        route.answer = () -> {
            throw new UncategorizedSQLException("reading", "select 1", new SQLException("gone", state));
        };

        http.perform(get("/fails"))
                .andExpect(status().isServiceUnavailable())
                .andExpect(header().exists("Retry-After"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "text   | {\"text\": 1}",
                "text   | {\"text\": true}",
                "text   | {\"text\": {}}",
                "text   | {\"text\": \"a\\u0000b\"}",
                "text   | {\"text\": \"\\ud83d\"}",
                "number | {\"number\": \"1\"}",
                "number | {\"number\": 1.5}",
                "number | {\"number\": 99999999999999999999}",
                "flag   | {\"flag\": \"true\"}",
                "flag   | {\"flag\": 1}",
                "at     | {\"at\": 12}",
                "at     | {\"at\": \"\"}",
                "at     | {\"at\": \"tomorrow\"}",
                "inner  | {\"inner\": \"x\"}",
                "inner  | {\"inner\": \"\"}",
                "inner  | {\"inner\": []}",
                "inner.deep_text | {\"inner\": {\"deep_text\": 5}}",
                "anything | {\"anything\": []}",
                "body   | [1]",
                "body   | {",
                "body   | {} {}",
                "body   | ``"
            })
    void nameTheFieldOfAWrongType(String field, String body) throws Exception {
        http.perform(post("/reads").contentType(MediaType.APPLICATION_JSON).content(body == null ? "" : body))
                .andExpect(status().isBadRequest())
                .andExpect(jsonPath("$.code").value("invalid_argument"))
                .andExpect(jsonPath("$.fields[0].field").value(field));
    }

    @Test
    void passOverFieldsThatNobodyKnows() throws Exception {
        http.perform(post("/reads")
                        .contentType(MediaType.APPLICATION_JSON)
                        .content("{\"unknown\": {\"a\": [1]}, \"text\": \"x\", \"at\": \"2026-01-02T03:04:05Z\"}"))
                .andExpect(status().isOk())
                .andExpect(content().json("{\"text\": \"x\", \"at\": \"2026-01-02T03:04:05.000000Z\"}"))
                .andExpect(jsonPath("$.number").doesNotExist());
    }

    @Test
    void nameTheIdOfThePath() throws Exception {
        http.perform(get("/things/not-one"))
                .andExpect(status().isBadRequest())
                .andExpect(jsonPath("$.fields[0].field").value("id"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "some_statuses | someStatuses=OPEN&someStatuses=open | some_statuses must be among OPEN, CLOSED.",
                "as_of | as_of=2026-03-01T12:00:00.000001Z | as_of must not lie in the future.",
                "as_of | as_of=yesterday | as_of must be a time such as 2026-01-31T12:00:00Z.",
                "user_id | user_id=me | user_id must be a UUID.",
                "after | after=-1 | after must be a number.",
                "after | after=0x10 | after must be a number.",
                "after | after=1234567890123456789 | after must be a number."
            })
    void nameTheParameterAndItsRule(String field, String query, String message) throws Exception {
        http.perform(get("/lists?" + query))
                .andExpect(status().isBadRequest())
                .andExpect(jsonPath("$.code").value("invalid_argument"))
                .andExpect(jsonPath("$.fields[0].field").value(field))
                .andExpect(jsonPath("$.message").value(message));
    }

    @Test
    void nameTheHeaderAndItsRule() throws Exception {
        http.perform(get("/lists").header("Last-Event-ID", "x"))
                .andExpect(status().isBadRequest())
                .andExpect(jsonPath("$.fields[0].field").value("Last-Event-ID"))
                .andExpect(jsonPath("$.message").value("Last-Event-ID must be a number."));
    }

    @Test
    void areNotThereForEmptyParameters() throws Exception {
        http.perform(get("/lists?someStatuses=&as_of=&user_id=&after="))
                .andExpect(status().isOk())
                .andExpect(content().json("{\"statuses\": [], \"after\": \"0\"}", JsonCompareMode.STRICT));
        http.perform(get("/lists?someStatuses=OPEN,CLOSED&as_of=2026-03-01T12:00:00Z"))
                .andExpect(content()
                        .json("{\"statuses\": [\"OPEN\", \"CLOSED\"], \"as_of\": \"2026-03-01T12:00:00.000000Z\"}"));
    }

    @Test
    void nameTheIdOfTheBody() throws Exception {
        http.perform(post("/reads").contentType(MediaType.APPLICATION_JSON).content("{\"id\": \"me\"}"))
                .andExpect(status().isBadRequest())
                .andExpect(jsonPath("$.fields[0].field").value("id"))
                .andExpect(jsonPath("$.message").value("id must be a UUID."));
        http.perform(post("/reads").contentType(MediaType.APPLICATION_JSON).content("{\"id\": \"\"}"))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.id").doesNotExist());
    }

    @Test
    void knowNoOtherMethodsAndTypes() throws Exception {
        http.perform(post("/fails"))
                .andExpect(status().isMethodNotAllowed())
                .andExpect(header().string("Allow", "GET"));
        http.perform(post("/reads").contentType(MediaType.TEXT_PLAIN).content("{}"))
                .andExpect(status().isUnsupportedMediaType())
                .andExpect(jsonPath("$.code").value("invalid_argument"));
    }
}
