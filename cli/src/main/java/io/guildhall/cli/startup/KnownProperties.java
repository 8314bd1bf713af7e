package io.guildhall.cli.startup;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.net.URL;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.util.ClassUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The properties under {@code guildhall}, as the metadata of the modules lists them. */
final class KnownProperties {

    private static final String METADATA = "META-INF/spring-configuration-metadata.json";
    private static final String PREFIX = "guildhall.";
    private static final String MAP = "java.util.Map<java.lang.String,";

    private final Set<String> names = new TreeSet<>();
    private final Set<String> uniform = new HashSet<>();
    /** The names of the fields of the values, by the name of the map property. */
    private final Map<String, Set<String>> maps = new HashMap<>();

    private KnownProperties() {}

    private void add(JsonNode metadata) {
        for (JsonNode property : metadata.path("properties")) {
            String name = property.path("name").asString();
            if (!name.startsWith(PREFIX)) {
                continue;
            }
            String type = property.path("type").asString();
            if (type.startsWith(MAP)) {
                Class<?> value = ClassUtils.resolveClassName(
                        type.substring(MAP.length(), type.length() - 1), KnownProperties.class.getClassLoader());
                maps.put(
                        uniform(name),
                        Arrays.stream(value.getRecordComponents())
                                .map(RecordComponent::getName)
                                .map(KnownProperties::uniform)
                                .collect(Collectors.toSet()));
            } else {
                names.add(name);
                uniform.add(uniform(name));
            }
        }
    }

    /** Reads the metadata of all modules on the class path. */
    static KnownProperties load() {
        KnownProperties known = new KnownProperties();
        try {
            for (URL metadata :
                    Collections.list(KnownProperties.class.getClassLoader().getResources(METADATA))) {
                try (InputStream in = metadata.openStream()) {
                    String json = new String(in.readAllBytes(), UTF_8);
                    // Most files belong to libraries and are large.
                    if (json.contains('"' + PREFIX)) {
                        known.add(JsonMapper.shared().readTree(json));
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (known.names.isEmpty()) {
            throw new IllegalStateException("No " + METADATA + " lists a property of Guildhall");
        }
        return known;
    }

    boolean contains(ConfigurationPropertyName name) {
        String written = uniform(name.toString().replaceAll("\\[[0-9]+]", ""));
        return uniform.contains(written)
                || maps.entrySet().stream()
                        .anyMatch(map -> written.startsWith(map.getKey() + ".")
                                && map.getValue().contains(written.substring(written.lastIndexOf('.') + 1)));
    }

    /** Whether an environment variable names a property. Its underscores stand for dots and dashes. */
    boolean containsVariable(ConfigurationPropertyName name) {
        String written = undotted(uniform(name.toString().replaceAll("\\[[0-9]+]|\\.[0-9]+$", "")));
        return uniform.stream().map(KnownProperties::undotted).anyMatch(written::equals)
                || maps.entrySet().stream()
                        .anyMatch(map -> written.startsWith(undotted(map.getKey()))
                                && map.getValue().stream().anyMatch(written::endsWith));
    }

    private static String undotted(String name) {
        return name.replace(".", "");
    }

    @Nullable String nearest(ConfigurationPropertyName name) {
        return NearestName.to(name.toString(), names);
    }

    /** Without dashes, in lower case. */
    private static String uniform(String name) {
        return name.replace("-", "").toLowerCase(Locale.ROOT);
    }
}
