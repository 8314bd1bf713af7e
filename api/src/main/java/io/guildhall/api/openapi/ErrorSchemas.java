package io.guildhall.api.openapi;

import io.swagger.v3.oas.models.media.Schema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The one body of all errors: {@code Error}, and {@code ErrorWithFields} for those with status 400. */
@SuppressWarnings("rawtypes")
final class ErrorSchemas {

    private static final List<String> CODES = List.of(
            "invalid_argument",
            "failed_precondition",
            "authentication_error",
            "authorization_required",
            "reauthentication-required",
            "unknown_resource",
            "rate_limit_exceeded",
            "api_error");

    private ErrorSchemas() {}

    static void addTo(Map<String, Schema> schemas) {
        schemas.put("Error", error("An error.", false));
        schemas.put("ErrorWithFields", error("An error in the request.", true));
        Map<String, Schema> field = new LinkedHashMap<>();
        field.put("field", text("The path of the field, parameter or header.", "email"));
        field.put("description", text("What is wrong with it.", "email is required."));
        schemas.put("ErrorField", object("A field that is wrong.", field));
    }

    private static Schema error(String description, boolean withFields) {
        String message = withFields ? "email is required." : "There is no such member.";
        Map<String, Schema> properties = new LinkedHashMap<>();
        Schema<?> status = SchemaDescriber.of("integer");
        status.setFormat("int32");
        status.setDescription("The HTTP status.");
        status.setExample(withFields ? 400 : 404);
        properties.put("status", status);
        Schema<Object> code = text("What kind of error it is.", withFields ? "invalid_argument" : "unknown_resource");
        code.setEnum(new ArrayList<>(CODES));
        properties.put("code", code);
        properties.put("message", text("What is wrong, and what to do.", message));
        if (withFields) {
            Schema<?> fields = SchemaDescriber.of("array");
            fields.setItems(SchemaDescriber.reference("ErrorField"));
            fields.setDescription("What is wrong with which field; missing if it is about none.");
            properties.put("fields", fields);
        }
        Schema<Object> type = text(
                "The address of a page that explains the type of problem; about:blank where the status says it all.",
                withFields ? "/problems/field-malformed" : "/problems/no-such-membership");
        type.setFormat("uri-reference");
        properties.put("type", type);
        properties.put("title", text("The status in words.", withFields ? "Bad Request" : "Not Found"));
        properties.put("detail", text("The same as `message`.", message));
        Schema<Object> instance =
                text("Names the request, as in the service's log.", "/requests/0b6f1b0e-2f0a-4c57-8b0c-6d1b8d4e5f70");
        instance.setFormat("uri-reference");
        properties.put("instance", instance);
        Schema<?> error = object(description, properties);
        error.setRequired(properties.keySet().stream()
                .filter(name -> !name.equals("fields"))
                .toList());
        return error;
    }

    private static Schema object(String description, Map<String, Schema> properties) {
        Schema<?> schema = SchemaDescriber.of("object");
        schema.setDescription(description);
        schema.setProperties(properties);
        schema.setRequired(List.copyOf(properties.keySet()));
        return schema;
    }

    @SuppressWarnings("unchecked")
    private static Schema<Object> text(String description, String example) {
        Schema<Object> schema = SchemaDescriber.of("string");
        schema.setDescription(description);
        schema.setExample(example);
        return schema;
    }
}
