package io.guildhall.api.openapi;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import io.guildhall.api.security.Caller;
import io.guildhall.api.security.Permission;
import io.guildhall.api.security.RequiresPermission;
import io.guildhall.api.web.PageParameters;
import io.swagger.v3.core.jackson.ModelResolver;
import io.swagger.v3.core.util.Json;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.Paths;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import io.swagger.v3.oas.models.tags.Tag;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springdoc.core.filters.OpenApiMethodFilter;
import org.springdoc.core.models.GroupedOpenApi;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** The API's description at {@code /v3/api-docs}; that of the operators' routes at {@code /v3/api-docs/operators}. */
@Configuration(proxyBeanMethods = false)
@SuppressWarnings("rawtypes")
class OpenApiConfiguration {

    private static final String INFO = """
            Organizations as a service: users, organizations, members, invitations, API tokens, and a trail of everything that happened.

            Send the token of a session or an API token as `Authorization: Bearer <token>`. A repeated POST with the same `Idempotency-Key` has its effect once. \
            Every error has the same body; its `type` is the address of a page that explains it. With `Accept: application/problem+json` errors have that content type \
            (RFC 9457).""";

    static {
        SpringDocUtils.getConfig().addRequestWrapperToIgnore(Caller.class, PageParameters.class);
    }

    @Bean
    OpenAPI apiDescription() {
        return new OpenAPI()
                .info(new Info().title("Guildhall").description(INFO).version("1"))
                // Relative to the description's own address: the Host header of one request must not appear in replies
                // to others.
                .addServersItem(new Server().url("/"))
                .components(
                        new Components()
                                .addSecuritySchemes(
                                        OperationDescriber.BEARER,
                                        new SecurityScheme()
                                                .type(SecurityScheme.Type.HTTP)
                                                .scheme("bearer")
                                                .description(
                                                        "The token of a session or an API token; for operators, the operator key")));
    }

    @Bean
    GroupedOpenApi operatorRoutes() {
        return GroupedOpenApi.builder()
                .group("operators")
                .addOpenApiMethodFilter(OpenApiConfiguration::isForOperators)
                .build();
    }

    @Bean
    OpenApiMethodFilter publicRoutes() {
        return route -> !isForOperators(route);
    }

    private static boolean isForOperators(Method route) {
        RequiresPermission required = route.getAnnotation(RequiresPermission.class);
        return required != null && required.value() == Permission.OPERATE;
    }

    @Bean
    SchemaNames schemaNames() {
        return new SchemaNames(ApiTexts.LOADED);
    }

    /** Property names as they are on the wire. */
    @Bean
    ModelResolver snakeCase(SchemaNames names) {
        return new ModelResolver(
                Json.mapper().copy().setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE), names);
    }

    @Bean
    GlobalOpenApiCustomizer describer(
            SchemaNames names,
            @Qualifier("requestMappingHandlerMapping") ObjectProvider<RequestMappingHandlerMapping> routes) {
        ApiTexts texts = ApiTexts.LOADED;
        var schemas = new SchemaDescriber(texts, names);
        var operations = new OperationDescriber(texts, schemas);
        return description -> {
            Components components = description.getComponents();
            if (components.getSchemas() == null) {
                components.setSchemas(new LinkedHashMap<>());
            }
            Map<String, Schema> all = components.getSchemas();
            schemas.describe(all);
            ErrorSchemas.addTo(all);
            OperationDescriber.headers().forEach(components::addHeaders);
            operations.examples().forEach(components::addExamples);
            Map<String, HandlerMethod> handlers = handlers(routes.getObject());
            description
                    .getPaths()
                    .forEach((path, item) -> item.readOperationsMap()
                            .forEach((method, operation) ->
                                    describe(operations, method.name(), path, operation, handlers, all)));
            description.setPaths(inOrder(description.getPaths(), texts));
            description.setTags(tags(description));
        };
    }

    private static void describe(
            OperationDescriber operations,
            String method,
            String path,
            Operation operation,
            Map<String, HandlerMethod> handlers,
            Map<String, Schema> schemas) {
        HandlerMethod handler = handlers.get(method + " " + path);
        if (handler != null) {
            operations.describe(method, path, operation, handler, schemas);
        }
    }

    private static Map<String, HandlerMethod> handlers(RequestMappingHandlerMapping routes) {
        Map<String, HandlerMethod> handlers = new HashMap<>();
        routes.getHandlerMethods()
                .forEach((route, handler) -> route.getPatternValues()
                        .forEach(path -> route.getMethodsCondition()
                                .getMethods()
                                .forEach(method -> handlers.put(method + " " + path, handler))));
        return handlers;
    }

    /** As in the texts, where what belongs together stands together. */
    private static Paths inOrder(Paths paths, ApiTexts texts) {
        var ordered = new Paths();
        texts.operations().keySet().forEach(operation -> {
            String path = operation.substring(operation.indexOf(' ') + 1);
            PathItem item = paths.get(path);
            if (item != null) {
                ordered.putIfAbsent(path, item);
            }
        });
        paths.forEach(ordered::putIfAbsent);
        return ordered;
    }

    private static List<Tag> tags(OpenAPI description) {
        List<Tag> tags = new ArrayList<>();
        description.getPaths().values().stream()
                .flatMap(item -> item.readOperations().stream())
                .flatMap(operation -> operation.getTags().stream())
                .distinct()
                .forEach(name -> tags.add(new Tag().name(name)));
        return tags;
    }
}
