package io.guildhall.api.openapi;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.properties.SpringDocConfigProperties;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.resource.HttpResource;
import org.springframework.web.servlet.resource.PathResourceResolver;
import org.springframework.web.servlet.resource.ResourceResolverChain;
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

    /** The checks of every request come first: a request for a description counts as any other. */
    private static final int AFTER_ALL_CHECKS = 100;

    private final DescriptionCache descriptions;
    private final String descriptionPath;

    SwaggerUiConfiguration(DescriptionCache descriptions, SpringDocConfigProperties springdoc) {
        this.descriptions = descriptions;
        this.descriptionPath = springdoc.getApiDocs().getPath();
    }

    @Override
    public void addViewControllers(ViewControllerRegistry views) {
        views.addViewController("/docs").setViewName("forward:/docs/index.html");
    }

    @Override
    public void addResourceHandlers(ResourceHandlerRegistry files) {
        files.addResourceHandler("/docs/swagger-ui/**")
                .addResourceLocations("classpath:/META-INF/resources/webjars/swagger-ui/")
                .setCacheControl(CacheControl.maxAge(Duration.ofHours(1)).cachePublic())
                .setUseLastModified(false)
                .setEtagGenerator(FilesInMemory::etag)
                .resourceChain(false)
                .addResolver(new FilesInMemory(
                        WEBJAR, "swagger-ui-bundle.js", "swagger-ui-standalone-preset.js", "swagger-ui.css"));
        files.addResourceHandler("/docs/*")
                .addResourceLocations(PAGE)
                .setCacheControl(CacheControl.noCache())
                .setUseLastModified(false)
                .setEtagGenerator(FilesInMemory::etag)
                .resourceChain(false)
                .addResolver(new FilesInMemory(PAGE, "index.html", "docs.js"));
    }

    @Override
    public void addInterceptors(InterceptorRegistry interceptors) {
        interceptors
                .addInterceptor(descriptions)
                .addPathPatterns(descriptionPath + "*", descriptionPath + "/*")
                .order(AFTER_ALL_CHECKS);
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

    /** Files in memory, compressed once, because concurrent readers of a jar wait for each other. Ignores the WebJar's version. */
    private static final class FilesInMemory extends PathResourceResolver {

        /** A file as it is, and compressed. */
        private record Variants(Resource plain, Resource compressed) {}

        private final Map<String, Variants> byName = new HashMap<>();

        FilesInMemory(String location, String... names) {
            try {
                for (String name : names) {
                    for (Resource file : new PathMatchingResourcePatternResolver().getResources(location + name)) {
                        StaticContent content = StaticContent.of(file.getContentAsByteArray());
                        byName.put(
                                name,
                                new Variants(
                                        new FileInMemory(file, content, false), new FileInMemory(file, content, true)));
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException("Swagger UI cannot be read", e);
            }
        }

        static @Nullable String etag(Resource file) {
            return file instanceof FileInMemory known ? known.etag : null;
        }

        @Override
        protected @Nullable Resource resolveResourceInternal(
                @Nullable HttpServletRequest request,
                String path,
                List<? extends Resource> locations,
                ResourceResolverChain chain) {
            Variants file = byName.get(path);
            if (file == null) {
                return null;
            }
            return request != null && StaticContent.acceptsGzip(request) ? file.compressed() : file.plain();
        }
    }

    private static final class FileInMemory extends TransformedResource implements HttpResource {

        private final String etag;
        private final boolean compressed;

        FileInMemory(Resource file, StaticContent content, boolean compressed) {
            super(file, compressed ? content.compressed() : content.plain());
            this.etag = content.etag();
            this.compressed = compressed;
        }

        @Override
        public HttpHeaders getResponseHeaders() {
            var headers = new HttpHeaders();
            headers.set(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
            if (compressed) {
                headers.set(HttpHeaders.CONTENT_ENCODING, StaticContent.GZIP);
            }
            return headers;
        }
    }
}
