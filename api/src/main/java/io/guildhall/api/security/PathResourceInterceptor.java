package io.guildhall.api.security;

import io.guildhall.api.validation.UuidParser;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Rejects a request whose path names a resource that does not exist for the caller, before parameters and body are bound: the answer is
 * 404 whatever the body is. Runs after the read models have reached the position that the request asks for.
 */
@Component
public class PathResourceInterceptor implements HandlerInterceptor {

    private final ListableBeanFactory beans;

    PathResourceInterceptor(ListableBeanFactory beans) {
        this.beans = beans;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        RequiresPermission required =
                handler instanceof HandlerMethod method ? method.getMethodAnnotation(RequiresPermission.class) : null;
        Caller caller = Caller.current();
        if (required != null && caller != null) {
            for (Class<? extends PathResource> kind : required.resource()) {
                beans.getBean(kind).require(pathId(request, "id"), caller);
            }
        }
        return true;
    }

    /** @param names path variables; the request's path has exactly one of them */
    static UUID pathId(HttpServletRequest request, String... names) {
        Map<?, ?> variables = (Map<?, ?>) request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE);
        String name =
                Stream.of(names).filter(variables::containsKey).findFirst().orElseThrow();
        return UuidParser.require(name, String.valueOf(variables.get(name)));
    }
}
