package io.guildhall.api.web;

import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.core.jackson.ModelResolver;
import io.swagger.v3.core.util.Json;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import java.util.List;
import java.util.stream.Stream;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The API document at {@code /v3/api-docs}, which is made from the routes. */
@Configuration(proxyBeanMethods = false)
class OpenApiWiring {

    private static final String BEARER = "bearer";

    static {
        SpringDocUtils.getConfig().addRequestWrapperToIgnore(Caller.class, Paging.class);
    }

    @Bean
    OpenAPI apiDocument() {
        var components = new Components();
        ModelConverters.getInstance().read(Problem.class).forEach(components::addSchemas);
        return new OpenAPI()
                .info(new Info()
                        .title("Guildhall")
                        .description("Organizations as a service")
                        .version("1"))
                .components(components.addSecuritySchemes(
                        BEARER,
                        new SecurityScheme()
                                .type(SecurityScheme.Type.HTTP)
                                .scheme("bearer")
                                .description("A session or an API token; for operators their key")));
    }

    /** Names as they are on the wire. */
    @Bean
    ModelResolver snakeCase() {
        return new ModelResolver(Json.mapper()
                .copy()
                .setPropertyNamingStrategy(com.fasterxml.jackson.databind.PropertyNamingStrategies.SNAKE_CASE));
    }

    @Bean
    OperationCustomizer whoMayCall() {
        return (operation, route) -> {
            Permitted permitted = route.getMethodAnnotation(Permitted.class);
            if (permitted != null && permitted.value() != Who.PUBLIC) {
                operation.addSecurityItem(new SecurityRequirement().addList(BEARER));
            }
            operation.getResponses().addApiResponse("default", problem());
            boolean paged = Stream.of(route.getMethodParameters())
                    .anyMatch(parameter -> parameter.getParameterType() == Paging.class);
            if (paged) {
                List.of("limit", "offset").forEach(name -> addQuery(operation, name));
            }
            return operation;
        };
    }

    private static ApiResponse problem() {
        return new ApiResponse()
                .description("Every refusal and failure")
                .content(new Content()
                        .addMediaType(
                                "application/json",
                                new MediaType().schema(new Schema<>().$ref("#/components/schemas/Problem"))));
    }

    private static void addQuery(Operation operation, String name) {
        operation.addParametersItem(new Parameter().in("query").name(name).schema(new StringSchema()));
    }
}
