package io.guildhall.api.console;

import java.util.List;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** One page for every address that people are sent to; it looks at the address itself. */
@Configuration(proxyBeanMethods = false)
class ConsoleWiring implements WebMvcConfigurer {

    private static final List<String> ADDRESSES = List.of(
            "/",
            "/account/validate/{id}",
            "/account/organization_invitations/{id}",
            "/account/reset-password/{id}",
            "/organization/deactivate/confirm/{id}");

    @Override
    public void addViewControllers(ViewControllerRegistry views) {
        ADDRESSES.forEach(address -> views.addViewController(address).setViewName("forward:/index.html"));
    }

    @Override
    public void addResourceHandlers(ResourceHandlerRegistry files) {
        files.addResourceHandler("/**")
                .addResourceLocations("classpath:/static/")
                .resourceChain(false)
                .addResolver(new ConsoleFiles());
    }
}
