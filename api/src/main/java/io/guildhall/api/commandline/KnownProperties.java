package io.guildhall.api.commandline;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
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

/** The properties under {@code guildhall}, as the metadata of this build lists them. */
final class KnownProperties {

    private static final String METADATA = "/META-INF/spring-configuration-metadata.json";
    private static final String MAP = "java.util.Map<java.lang.String,";

    private final Set<String> names = new TreeSet<>();
    private final Set<String> uniform = new HashSet<>();
    /** By the property that is a map, the properties of each of its values. */
    private final Map<String, Set<String>> maps = new HashMap<>();

    private KnownProperties(JsonNode metadata) {
        for (JsonNode property : metadata.path("properties")) {
            String name = property.path("name").asString();
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

    /** Read from the class path, on which this application comes first. */
    static KnownProperties load() {
        try (InputStream in = KnownProperties.class.getResourceAsStream(METADATA)) {
            if (in == null) {
                throw new IllegalStateException("The build made no " + METADATA);
            }
            return new KnownProperties(JsonMapper.shared().readTree(in));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    Set<String> names() {
        return names;
    }

    boolean contains(ConfigurationPropertyName name) {
        String written = uniform(name.toString().replaceAll("\\[[0-9]+]", ""));
        return uniform.contains(written)
                || maps.entrySet().stream()
                        .anyMatch(map -> written.startsWith(map.getKey() + ".")
                                && map.getValue().contains(written.substring(written.lastIndexOf('.') + 1)));
    }

    /** Of an environment variable, whose underscores stand for dots and for dashes. */
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
        return Nearest.to(name.toString(), names);
    }

    /** Without dashes, as environment variables are. */
    private static String uniform(String name) {
        return name.replace("-", "").toLowerCase(Locale.ROOT);
    }
}
