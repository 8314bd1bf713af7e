package io.guildhall.api.console;

import io.guildhall.api.security.AuthorizationInterceptor;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.CacheControl;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.handler.SimpleUrlHandlerMapping;

/**
 * Serves the console: one page for all of its addresses, which looks at the address itself, and the files that the page needs. The
 * path of a file contains the version of all files, so a browser keeps it for a year and a new version has new paths.
 */
@Configuration(proxyBeanMethods = false)
class ConsoleConfiguration implements WebMvcConfigurer {

    private static final List<String> ADDRESSES = List.of(
            "/",
            "/console",
            "/console/sign-in",
            "/console/sign-up",
            "/console/forgot-password",
            "/console/account",
            "/console/organizations/{organization}/**",
            "/account/validate/{id}",
            "/account/email-change/{id}",
            "/account/organization_invitations/{id}",
            "/account/reset-password/{id}",
            "/organization/deactivate/confirm/{id}");

    private final ConsoleFiles files = new ConsoleFiles();

    @Bean
    SimpleUrlHandlerMapping consolePages(AuthorizationInterceptor authorization) {
        var page = new ConsolePage(files);
        var pages = new SimpleUrlHandlerMapping();
        pages.setUrlMap(ADDRESSES.stream().collect(Collectors.toMap(address -> address, address -> page)));
        // Pages are not counted by the rate limit.
        pages.setInterceptors(authorization);
        // After the routes, before the handler for unknown paths.
        pages.setOrder(1);
        return pages;
    }

    @Override
    public void addResourceHandlers(ResourceHandlerRegistry handlers) {
        CacheControl forAYear =
                CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable();
        add(handlers, ConsoleFiles.PATH + files.version() + "/**", forAYear);
        // Of another version, while nodes are being updated, and of pages that know no version.
        add(handlers, ConsoleFiles.PATH + "{version}/**", CacheControl.noCache());
        // What nothing else is mapped to: not found.
        handlers.addResourceHandler("/**").resourceChain(false).addResolver(new NoFiles());
    }

    private void add(ResourceHandlerRegistry handlers, String pattern, CacheControl caching) {
        handlers.addResourceHandler(pattern)
                .addResourceLocations(ConsoleFiles.LOCATION)
                .setCacheControl(caching)
                .setUseLastModified(false)
                .setEtagGenerator(files::etag)
                .resourceChain(false)
                .addResolver(files);
    }
}
