package io.guildhall.api.security;

import java.util.List;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Keeps the service from starting with a route of its own that declares no permission (R15). */
@Component
class PermissionDeclarationCheck implements SmartInitializingSingleton {

    private static final String OURS = "io.guildhall.";

    private final RequestMappingHandlerMapping routes;

    PermissionDeclarationCheck(@Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping routes) {
        this.routes = routes;
    }

    @Override
    public void afterSingletonsInstantiated() {
        List<String> undeclared = routes.getHandlerMethods().values().stream()
                .filter(route -> route.getBeanType().getName().startsWith(OURS))
                .filter(route -> !route.hasMethodAnnotation(RequiresPermission.class))
                .map(HandlerMethod::getShortLogMessage)
                .toList();
        if (!undeclared.isEmpty()) {
            throw new IllegalStateException("Routes without @RequiresPermission: " + undeclared);
        }
    }
}
