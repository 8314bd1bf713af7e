package io.guildhall.api.security;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.support.StaticWebApplicationContext;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

class PermissionDeclarationCheckTest {

    @RestController
    static class Declared {

        @GetMapping("/members")
        @RequiresPermission(Permission.MEMBERS_READ)
        void members() {}

        @GetMapping("/open")
        @RequiresPermission(Permission.PUBLIC)
        void open() {}
    }

    @RestController
    static class Undeclared {

        @GetMapping("/forgotten")
        void forgotten() {}
    }

    @Test
    void letTheServiceStart() {
        assertThatCode(() -> start(Declared.class)).doesNotThrowAnyException();
    }

    @Test
    void keepItFromStartingWithARouteThatSaysNothing() {
        assertThatThrownBy(() -> start(Undeclared.class)).hasMessageContaining("forgotten");
    }

    private static void start(Class<?> endpoint) {
        var context = new StaticWebApplicationContext();
        context.registerSingleton("endpoint", endpoint);
        context.refresh();
        var routes = new RequestMappingHandlerMapping();
        routes.setApplicationContext(context);
        routes.afterPropertiesSet();
        new PermissionDeclarationCheck(routes).afterSingletonsInstantiated();
    }
}
