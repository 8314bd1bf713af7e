package io.guildhall.api.console;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.web.servlet.resource.PathResourceResolver;
import org.springframework.web.servlet.resource.TransformedResource;

/**
 * The console's pages and scripts, from memory: a jar has one lock for all who look into it, and hundreds of requests for files, waiting for it in turn,
 * hold up all others.
 */
final class ConsoleFiles extends PathResourceResolver {

    private static final String ROOT = "/static/";

    private final Map<String, Resource> byPath = new HashMap<>();

    ConsoleFiles() {
        try {
            for (Resource file : new PathMatchingResourcePatternResolver().getResources("classpath:" + ROOT + "**")) {
                String url = file.getURL().toString();
                if (file.isReadable() && !url.endsWith("/")) {
                    byPath.put(
                            url.substring(url.lastIndexOf(ROOT) + ROOT.length()),
                            new TransformedResource(file, file.getContentAsByteArray()));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The console cannot be read", e);
        }
    }

    @Override
    protected @Nullable Resource getResource(String path, Resource location) {
        return byPath.get(path);
    }
}
