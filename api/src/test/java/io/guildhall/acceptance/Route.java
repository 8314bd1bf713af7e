package io.guildhall.acceptance;

import io.guildhall.api.security.Permission;
import io.guildhall.api.security.RequiresPermission;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** One method and path that the service answers to, as Spring knows it. */
record Route(String method, String path, HandlerMethod handler) {

    private static final Pattern VARIABLE = Pattern.compile("\\{([^}:]+)[^}]*}");

    /** All that speak the contract or belong to operators. */
    static List<Route> all(RequestMappingHandlerMapping mapping) {
        return mapping.getHandlerMethods().entrySet().stream()
                .flatMap(entry -> entry.getKey().getPatternValues().stream()
                        .filter(path -> path.matches("/(v1|v2|operator)/.*"))
                        .flatMap(path -> entry.getKey().getMethodsCondition().getMethods().stream()
                                .map(method -> new Route(method.name(), path, entry.getValue()))))
                .sorted(Comparator.comparing(Route::path).thenComparing(Route::method))
                .toList();
    }

    RequiresPermission required() {
        return Objects.requireNonNull(handler.getMethodAnnotation(RequiresPermission.class), this::toString);
    }

    Permission permission() {
        return required().value();
    }

    boolean isPublic() {
        return permission() == Permission.PUBLIC;
    }

    boolean isForOperators() {
        return permission() == Permission.OPERATE;
    }

    /** Whether it is about one organization, which the parameters do not choose. */
    boolean isOfOneOrganization() {
        return permission().subject() == Permission.Subject.ORGANIZATION
                && required().organization() != RequiresPermission.Organization.PARAMETERS;
    }

    List<String> variables() {
        return VARIABLE.matcher(path).results().map(match -> match.group(1)).toList();
    }

    boolean hasId() {
        return !variables().isEmpty();
    }

    /** What it answers with goes on until the caller or the service ends it. */
    boolean isEndless() {
        return path.endsWith("/stream");
    }

    boolean takesBody() {
        return Arrays.stream(handler.getMethodParameters())
                .anyMatch(parameter -> parameter.hasParameterAnnotation(RequestBody.class));
    }

    /** The path with its one variable filled in. */
    String with(String id) {
        return VARIABLE.matcher(path).replaceFirst(Matcher.quoteReplacement(id));
    }

    ContractValidator.Operation operation() {
        return new ContractValidator.Operation(method, path);
    }

    @Override
    public String toString() {
        return method + " " + path;
    }
}
