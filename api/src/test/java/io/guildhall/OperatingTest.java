package io.guildhall;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.util.ClassUtils;
import tools.jackson.databind.json.JsonMapper;

/** docs/operating.md describes all properties that there are, with their defaults, and no others. */
class OperatingTest {

    private static final Path ROOT = Files.exists(Path.of("docs")) ? Path.of("") : Path.of("..");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z][^` ]*)` \\| (?:`([^`]*)`)? *\\| [^|]+\\|$");
    private static final Pattern WORD = Pattern.compile("`([^`]+)`");
    private static final String VARIABLE = "<id>";

    private final String guide = read();

    @Test
    void describesEachPropertyOfItsOwn() {
        assertThat(table("Guildhall's own")).isEqualTo(own());
    }

    @Test
    void describesWhatSpringIsToldOtherwise() {
        Map<String, String> told = told();
        Map<String, String> described = table("Spring Boot's that are set otherwise");
        assertThat(told).containsAllEntriesOf(described);
        Set<String> internal = new TreeSet<>();
        Matcher words = WORD.matcher(section("Not to be changed"));
        while (words.find()) {
            internal.add(words.group(1));
        }
        Set<String> all = new TreeSet<>(internal);
        all.addAll(described.keySet());
        assertThat(all).isEqualTo(told.keySet());
    }

    @Test
    void namesNoPropertyThatThereIsNot() throws IOException {
        Set<String> known = known();
        assertThat(table("Others of use").keySet())
                .isNotEmpty()
                .allSatisfy(name -> assertThat(known).contains(name));
    }

    private Map<String, String> table(String title) {
        Map<String, String> found = new TreeMap<>();
        Matcher row = ROW.matcher(section(title));
        while (row.find()) {
            assertThat(found.put(row.group(1), row.group(2) == null ? "" : row.group(2)))
                    .as(row.group(1))
                    .isNull();
        }
        return found;
    }

    private String section(String title) {
        int start = guide.indexOf("### " + title + "\n");
        assertThat(start).as(title).isNotNegative();
        int end = guide.indexOf("\n#", start + 1);
        return guide.substring(start, end < 0 ? guide.length() : end);
    }

    private static Map<String, String> own() {
        var scan = new ClassPathScanningCandidateComponentProvider(false);
        scan.addIncludeFilter(new AnnotationTypeFilter(ConfigurationProperties.class));
        Map<String, String> found = new TreeMap<>();
        scan.findCandidateComponents("io.guildhall").forEach(bean -> {
            Class<?> type = ClassUtils.resolveClassName(
                    String.valueOf(bean.getBeanClassName()), OperatingTest.class.getClassLoader());
            ConfigurationProperties properties =
                    AnnotatedElementUtils.getMergedAnnotation(type, ConfigurationProperties.class);
            assertThat(properties).isNotNull();
            collect(properties.prefix(), type, found);
        });
        return found;
    }

    private static void collect(String prefix, Class<?> record, Map<String, String> found) {
        for (RecordComponent component : record.getRecordComponents()) {
            String name = prefix + "."
                    + component.getName().replaceAll("([A-Z])", "-$1").toLowerCase();
            Class<?> type = component.getType();
            if (Map.class.isAssignableFrom(type)) {
                ParameterizedType map = (ParameterizedType) component.getGenericType();
                collect(name + "." + VARIABLE, (Class<?>) map.getActualTypeArguments()[1], found);
            } else if (type.isRecord() && type.getEnclosingClass() == record) {
                collect(name, type, found);
            } else {
                DefaultValue value = parameter(record, component).getAnnotation(DefaultValue.class);
                found.put(name, value == null ? "" : String.join(",", value.value()));
            }
        }
    }

    private static Parameter parameter(Class<?> record, RecordComponent component) {
        return List.of(record.getDeclaredConstructors()[0].getParameters()).stream()
                .filter(it -> it.getName().equals(component.getName()))
                .findAny()
                .orElseThrow();
    }

    private static Map<String, String> told() {
        try {
            Map<String, String> told = new TreeMap<>();
            for (PropertySource<?> source :
                    new YamlPropertySourceLoader().load("application", new ClassPathResource("application.yaml"))) {
                for (String name : ((EnumerablePropertySource<?>) source).getPropertyNames()) {
                    if (!name.startsWith("logging.level.")) {
                        told.put(name, String.valueOf(source.getProperty(name)));
                    }
                }
            }
            return told;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<String> known() throws IOException {
        Set<String> known = new TreeSet<>();
        for (URL metadata : Collections.list(
                OperatingTest.class.getClassLoader().getResources("META-INF/spring-configuration-metadata.json"))) {
            try (InputStream in = metadata.openStream()) {
                JsonMapper.shared()
                        .readTree(in)
                        .path("properties")
                        .forEach(it -> known.add(it.path("name").asString()));
            }
        }
        return known;
    }

    private static String read() {
        try {
            return Files.readString(ROOT.resolve("docs/operating.md"), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
