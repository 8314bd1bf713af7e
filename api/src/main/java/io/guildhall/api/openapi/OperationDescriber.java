package io.guildhall.api.openapi;

import io.guildhall.api.openapi.ApiTexts.OperationText;
import io.guildhall.api.openapi.ApiTexts.ProblemText;
import io.guildhall.api.openapi.ApiTexts.ValueText;
import io.guildhall.api.security.CallerType;
import io.guildhall.api.security.Permission;
import io.guildhall.api.security.RequiresPermission;
import io.guildhall.api.web.PageParameters;
import io.guildhall.api.web.UpdateMask;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.examples.Example;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.method.HandlerMethod;

/**
 * Completes the operations: words and examples from {@link ApiTexts}; who may call, which headers there are and how the call can be
 * refused from the route itself.
 */
@SuppressWarnings({"rawtypes", "unchecked"})
final class OperationDescriber {

    static final String BEARER = "bearer";

    private static final String JSON = "application/json";
    private static final String SOME_REQUEST = "/requests/0b6f1b0e-2f0a-4c57-8b0c-6d1b8d4e5f70";

    private final ApiTexts texts;
    private final SchemaDescriber schemas;

    OperationDescriber(ApiTexts texts, SchemaDescriber schemas) {
        this.texts = texts;
        this.schemas = schemas;
    }

    /** Request and response headers that many operations share. */
    static Map<String, Header> headers() {
        Map<String, Header> headers = new LinkedHashMap<>();
        headers.put("X-Request-Id", header("The request's id, as in the service's log.", "string"));
        headers.put("x-ratelimit-limit", header("How many requests the caller has in one period.", "integer"));
        headers.put("x-ratelimit-remaining", header("How many of them are left.", "integer"));
        headers.put("x-ratelimit-reset", header("In how many seconds the period ends.", "integer"));
        headers.put("Retry-After", header("After how many seconds to try again.", "integer"));
        headers.put(
                "Guildhall-Position",
                header("The position of the write. A read with it as `Guildhall-At-Least` shows the write.", "string"));
        headers.put(
                "Idempotency-Replayed",
                header("`true` if this is the answer to the first request with the same `Idempotency-Key`.", "string"));
        return headers;
    }

    /** One of each type of problem and status. */
    Map<String, Example> examples() {
        Map<String, Example> examples = new LinkedHashMap<>();
        texts.problems()
                .forEach((slug, problem) -> problem.status()
                        .forEach(status -> examples.put(
                                exampleOf(slug, status),
                                new Example().summary(problem.title()).value(example(status, slug, problem)))));
        return examples;
    }

    private static String exampleOf(String slug, int status) {
        return slug + "-" + status;
    }

    private static Header header(String description, String type) {
        return new Header().description(description).schema(SchemaDescriber.of(type));
    }

    void describe(String method, String path, Operation operation, HandlerMethod handler, Map<String, Schema> all) {
        RequiresPermission required =
                Objects.requireNonNull(handler.getMethodAnnotation(RequiresPermission.class), handler::toString);
        OperationText text = texts.operations().get(method + " " + path);
        if (text != null) {
            operation.operationId(text.id()).summary(text.summary()).description(text.description());
            operation.setTags(List.of(text.tag()));
        }
        if (required.value() != Permission.PUBLIC) {
            operation.addSecurityItem(new SecurityRequirement().addList(BEARER));
        }
        parameters(method, operation, handler, text);
        body(operation, all);
        replies(method, operation, text, required.value(), all);
        refusals(method, operation, required, text);
    }

    private void parameters(String method, Operation operation, HandlerMethod handler, @Nullable OperationText text) {
        if (operation.getParameters() != null) {
            operation.getParameters().removeIf(parameter -> "Accept".equals(parameter.getName()));
        }
        if (Stream.of(handler.getMethodParameters()).anyMatch(it -> it.getParameterType() == PageParameters.class)) {
            add(operation, "query", "limit");
            add(operation, "query", "offset");
        }
        if (Stream.of(handler.getMethodParameters()).anyMatch(it -> it.hasParameterAnnotation(UpdateMask.class))) {
            add(operation, "query", "update_mask");
        }
        if (method.equals("POST")) {
            add(operation, "header", "Idempotency-Key");
        }
        if (method.equals("GET")) {
            add(operation, "header", "Guildhall-At-Least");
        }
        for (Parameter parameter :
                operation.getParameters() == null ? List.<Parameter>of() : operation.getParameters()) {
            ValueText value = text == null ? null : text.parameters().get(parameter.getName());
            if (value == null) {
                value = texts.parameters().get(parameter.getName());
            }
            if (value != null) {
                parameter.setDescription(value.description());
                SchemaDescriber.apply(value, parameter.getSchema());
                parameter.getSchema().setDescription(null);
                parameter.setRequired(parameter.getRequired() || Boolean.TRUE.equals(value.required()));
            }
        }
    }

    private static void add(Operation operation, String in, String name) {
        operation.addParametersItem(
                new Parameter().in(in).name(name).required(false).schema(SchemaDescriber.of("string")));
    }

    private void body(Operation operation, Map<String, Schema> all) {
        if (operation.getRequestBody() != null && operation.getRequestBody().getContent() != null) {
            MediaType body = operation.getRequestBody().getContent().get(JSON);
            if (body != null && body.getExample() == null) {
                body.setExample(schemas.example(body.getSchema(), all));
            }
        }
    }

    private void replies(
            String method,
            Operation operation,
            @Nullable OperationText text,
            Permission permission,
            Map<String, Schema> all) {
        ApiResponse success = operation.getResponses().get("200");
        if (success == null) {
            return;
        }
        success.setDescription("Success");
        Content described = new Content();
        Map<String, MediaType> content = success.getContent() == null ? Map.of() : success.getContent();
        if (text != null) {
            text.content()
                    .forEach((type, example) -> described.addMediaType(
                            type,
                            new MediaType().schema(SchemaDescriber.of("string")).example(example)));
        }
        content.forEach((type, media) -> {
            String name = type.equals("*/*") ? JSON : type;
            if (!described.containsKey(name)) {
                if (name.equals(JSON)) {
                    media.setExample(schemas.example(media.getSchema(), all));
                }
                described.addMediaType(name, media);
            }
        });
        success.setContent(described);
        headers(success, permission);
        if (!method.equals("GET")) {
            success.addHeaderObject("Guildhall-Position", reference("Guildhall-Position"));
        }
        if (method.equals("POST")) {
            success.addHeaderObject("Idempotency-Replayed", reference("Idempotency-Replayed"));
        }
    }

    private static void headers(ApiResponse response, Permission permission) {
        response.addHeaderObject("X-Request-Id", reference("X-Request-Id"));
        if (permission != Permission.OPERATE) {
            List.of("x-ratelimit-limit", "x-ratelimit-remaining", "x-ratelimit-reset")
                    .forEach(name -> response.addHeaderObject(name, reference(name)));
        }
    }

    private static Header reference(String name) {
        return new Header().$ref("#/components/headers/" + name);
    }

    /** One response per status, with an example for each type of problem. */
    private void refusals(
            String method, Operation operation, RequiresPermission required, @Nullable OperationText text) {
        Set<String> slugs = new LinkedHashSet<>(derived(method, operation, required));
        if (text != null) {
            slugs.addAll(text.problems());
        }
        Map<Integer, Map<String, ProblemText>> byStatus = new TreeMap<>();
        for (String slug : slugs) {
            ProblemText problem = texts.problems().get(slug);
            if (problem != null) {
                problem.status()
                        .forEach(status -> byStatus.computeIfAbsent(status, it -> new LinkedHashMap<>())
                                .put(slug, problem));
            }
        }
        ApiResponses responses = operation.getResponses();
        byStatus.forEach((status, problems) ->
                responses.addApiResponse(String.valueOf(status), refusal(status, problems, required.value())));
        responses.addApiResponse(
                "default",
                new ApiResponse()
                        .description("Any other error")
                        .content(new Content()
                                .addMediaType(JSON, new MediaType().schema(SchemaDescriber.reference("Error")))));
    }

    private static List<String> derived(String method, Operation operation, RequiresPermission required) {
        List<String> slugs = new ArrayList<>(List.of("field-malformed", "query-malformed", "request-rejected"));
        Permission permission = required.value();
        if (permission == Permission.OPERATE) {
            slugs.addAll(List.of("unauthenticated", "operator-key-invalid", "no-such-route"));
        } else if (permission != Permission.PUBLIC) {
            slugs.addAll(List.of(
                    "unauthenticated", "token-malformed", "token-invalid", "insufficient-scope", "not-a-member"));
            if (!permission.isGrantedTo(CallerType.ORGANIZATION_TOKEN, List.of())) {
                slugs.add("user-required");
            }
            if (!permission.isGrantedTo(CallerType.USER_TOKEN, List.of())) {
                slugs.add(permission == Permission.SESSION_END ? "session-required" : "interactive-session-required");
            }
        }
        if (permission.subject() == Permission.Subject.ORGANIZATION) {
            boolean named = required.organization() == RequiresPermission.Organization.PATH;
            slugs.addAll(List.of(named ? "no-such-organization" : "organization-required", "organization-locked"));
            if (!required.whileDeactivated()) {
                slugs.add("token-rejected");
            }
        }
        if (method.equals("POST")) {
            slugs.addAll(List.of("idempotency-key-in-use", "idempotency-key-reused"));
        }
        if (operation.getRequestBody() != null) {
            slugs.addAll(List.of("body-too-slow", "body-too-large", "body-compressed"));
        }
        slugs.addAll(List.of("rate-limit-exceeded", "internal-error", "store-unavailable"));
        if (method.equals("GET")) {
            slugs.add("position-not-reached");
        }
        return slugs;
    }

    private static ApiResponse refusal(int status, Map<String, ProblemText> problems, Permission permission) {
        var media = new MediaType()
                .schema(SchemaDescriber.reference(
                        status == HttpStatus.BAD_REQUEST.value() ? "ErrorWithFields" : "Error"));
        problems.forEach((slug, problem) ->
                media.addExamples(slug, new Example().$ref("#/components/examples/" + exampleOf(slug, status))));
        var response = new ApiResponse()
                .description(HttpStatus.valueOf(status).getReasonPhrase())
                .content(new Content().addMediaType(JSON, media));
        headers(response, permission);
        if (status == HttpStatus.TOO_MANY_REQUESTS.value()
                || status == HttpStatus.CONFLICT.value()
                || status == HttpStatus.SERVICE_UNAVAILABLE.value()) {
            response.addHeaderObject("Retry-After", reference("Retry-After"));
        }
        return response;
    }

    private static Map<String, Object> example(int status, String slug, ProblemText problem) {
        Map<String, Object> example = new LinkedHashMap<>();
        example.put("status", status);
        example.put("code", slug.equals("reauthentication-required") ? slug : code(status));
        example.put("message", problem.means());
        example.put("type", "/problems/" + slug);
        example.put("title", HttpStatus.valueOf(status).getReasonPhrase());
        example.put("detail", problem.means());
        example.put("instance", SOME_REQUEST);
        return example;
    }

    private static String code(int status) {
        return switch (status) {
            case 401 -> "authentication_error";
            case 403 -> "authorization_required";
            case 404 -> "unknown_resource";
            case 429 -> "rate_limit_exceeded";
            default -> status >= 500 ? "api_error" : "invalid_argument";
        };
    }
}
