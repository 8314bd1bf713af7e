package io.guildhall.api.openapi;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.http.CacheControl;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.resource.PathResourceResolver;
import org.springframework.web.servlet.resource.TransformedResource;

/** Swagger UI at {@code /docs}: a page of the console's files, and the scripts and styles of the WebJar. */
@Configuration(proxyBeanMethods = false)
class SwaggerUiConfiguration implements WebMvcConfigurer {

    private static final String WEBJAR = "classpath*:/META-INF/resources/webjars/swagger-ui/*/";
    private static final String PAGE = "classpath:/static/docs/";

    /** Swagger UI sets inline styles, and its style sheet has images as data. */
    private static final String CONTENT_POLICY =
            "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; base-uri 'none'; form-action 'self';"
                    + " frame-ancestors 'none'; object-src 'none'";

    @Override
    public void addViewControllers(ViewControllerRegistry views) {
        views.addViewController("/docs").setViewName("forward:/docs/index.html");
    }

    @Override
    public void addResourceHandlers(ResourceHandlerRegistry files) {
        files.addResourceHandler("/docs/swagger-ui/**")
                .addResourceLocations("classpath:/META-INF/resources/webjars/swagger-ui/")
                .setCacheControl(CacheControl.maxAge(Duration.ofHours(1)).cachePublic())
                .resourceChain(false)
                .addResolver(new FilesInMemory(
                        WEBJAR, "swagger-ui-bundle.js", "swagger-ui-standalone-preset.js", "swagger-ui.css"));
        files.addResourceHandler("/docs/*")
                .addResourceLocations(PAGE)
                .setCacheControl(CacheControl.noCache())
                .resourceChain(false)
                .addResolver(new FilesInMemory(PAGE, "index.html", "docs.js"));
    }

    @Override
    public void addInterceptors(InterceptorRegistry interceptors) {
        interceptors
                .addInterceptor(new HandlerInterceptor() {
                    @Override
                    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
                        response.setHeader("Content-Security-Policy", CONTENT_POLICY);
                        return true;
                    }
                })
                .addPathPatterns("/docs", "/docs/**");
    }

    /** From memory, so that requests do not wait for each other at the jar; without regard to the WebJar's version. */
    private static final class FilesInMemory extends PathResourceResolver {

        private final Map<String, Resource> byName = new HashMap<>();

        FilesInMemory(String location, String... names) {
            try {
                for (String name : names) {
                    for (Resource file : new PathMatchingResourcePatternResolver().getResources(location + name)) {
                        byName.put(name, new TransformedResource(file, file.getContentAsByteArray()));
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException("Swagger UI cannot be read", e);
            }
        }

        @Override
        protected @Nullable Resource getResource(String path, Resource location) {
            return byName.get(path);
        }
    }
}
