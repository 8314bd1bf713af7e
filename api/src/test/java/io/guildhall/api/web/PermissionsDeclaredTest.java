package io.guildhall.api.web;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.support.StaticWebApplicationContext;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Any member may remove any member, or leave (R15). */
class PermissionsDeclaredTest {

    @RestController
    static class Declared {

        @GetMapping("/members")
        @Permitted(value = Who.MEMBER, needs = Permission.MEMBERS_READ)
        void members() {}

        @GetMapping("/open")
        @Permitted(Who.PUBLIC)
        void open() {}
    }

    @RestController
    static class Undeclared {

        @GetMapping("/forgotten")
        void forgotten() {}
    }

    @RestController
    static class WithoutNeeds {

        @GetMapping("/members")
        @Permitted(Who.MEMBER)
        void members() {}
    }

    @Test
    void letTheServiceStart() {
        assertThatCode(() -> start(Declared.class)).doesNotThrowAnyException();
    }

    @Test
    void keepItFromStartingWithARouteThatSaysNothing() {
        assertThatThrownBy(() -> start(Undeclared.class)).hasMessageContaining("forgotten");
    }

    @Test
    void keepItFromStartingWithARouteForMembersThatNeedsNoPermission() {
        assertThatThrownBy(() -> start(WithoutNeeds.class)).hasMessageContaining("members");
    }

    private static void start(Class<?> endpoint) {
        var context = new StaticWebApplicationContext();
        context.registerSingleton("endpoint", endpoint);
        context.refresh();
        var routes = new RequestMappingHandlerMapping();
        routes.setApplicationContext(context);
        routes.afterPropertiesSet();
        new PermissionsDeclared(routes).afterSingletonsInstantiated();
    }
}
