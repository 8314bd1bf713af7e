package io.guildhall.api.web;

import java.util.List;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Keeps the service from starting with a route of its own that does not say who may call it (R15). */
@Component
class PermissionsDeclared implements SmartInitializingSingleton {

    private static final String OURS = "io.guildhall.";

    private final RequestMappingHandlerMapping routes;

    PermissionsDeclared(@Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping routes) {
        this.routes = routes;
    }

    @Override
    public void afterSingletonsInstantiated() {
        List<String> undeclared = routes.getHandlerMethods().values().stream()
                .filter(route -> route.getBeanType().getName().startsWith(OURS))
                .filter(route -> !isDeclared(route))
                .map(HandlerMethod::getShortLogMessage)
                .toList();
        if (!undeclared.isEmpty()) {
            throw new IllegalStateException("Routes without a permission: " + undeclared);
        }
    }

    private static boolean isDeclared(HandlerMethod route) {
        Permitted permitted = route.getMethodAnnotation(Permitted.class);
        return permitted != null
                && (permitted.needs().length > 0
                        || permitted.value() != Who.MEMBER && permitted.value() != Who.ORGANIZATION);
    }
}
