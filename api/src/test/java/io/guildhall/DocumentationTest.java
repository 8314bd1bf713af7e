package io.guildhall;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The documentation leads nowhere in vain, and messages to users name no other company. */
class DocumentationTest {

    private static final Path ROOT = (Files.exists(Path.of("docs")) ? Path.of("") : Path.of(".."))
            .toAbsolutePath()
            .normalize();

    private static final Pattern LINK = Pattern.compile("]\\((?<path>[^)#:]*)(?:#(?<anchor>[^)]*))?\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");
    private static final Pattern TEST = Pattern.compile("`([A-Z]\\w*Test)`");

    private static final Pattern RULE = Pattern.compile("\\bR\\d+a?\\b");
    private static final Pattern RULE_HEADING = Pattern.compile("(?m)^### (R\\d+a?)$");

    /** A class in backticks; a word in capitals is a state, such as {@code PENDING}. */
    private static final Pattern TYPE = Pattern.compile("`([A-Z]\\w*[a-z]\\w*)`");

    /** A row of a table that begins with files of a module. */
    private static final Pattern ROW_OF_FILES = Pattern.compile("(?m)^\\| `([a-z-]+)`: ([^|]*) \\|");

    private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");

    private static final Set<String> OF_LIBRARIES = Set.of("RecurringTask");

    private static final Pattern DECLARATION = Pattern.compile("\\b(?:class|record|interface|enum) ([A-Z]\\w*)");

    /** The published contract's value of a login method. */
    private static final String LOGIN_METHOD = "KOYEB";

    @Test
    void linksLeadToFilesAndHeadingsThatExist() throws IOException {
        List<String> broken = new ArrayList<>();
        for (Path file : markdown()) {
            Matcher link = LINK.matcher(Files.readString(file, UTF_8));
            while (link.find()) {
                Path target = link.group("path").isEmpty()
                        ? file
                        : file.resolveSibling(link.group("path")).normalize();
                String anchor = link.group("anchor");
                if (!Files.exists(target) || anchor != null && !anchors(target).contains(anchor)) {
                    broken.add("%s: %s".formatted(ROOT.relativize(file), link.group()));
                }
            }
        }
        assertThat(broken).isEmpty();
    }

    @Test
    void guaranteesNameTestsThatExist() throws IOException {
        Set<String> tests = files().map(it -> it.getFileName().toString())
                .filter(it -> it.endsWith("Test.java"))
                .map(it -> it.substring(0, it.length() - ".java".length()))
                .collect(Collectors.toSet());
        Set<String> named = TEST.matcher(Files.readString(ROOT.resolve("docs/guarantees.md"), UTF_8))
                .results()
                .map(it -> it.group(1))
                .collect(Collectors.toSet());
        assertThat(named).isNotEmpty().isSubsetOf(tests);
    }

    @Test
    void everyCitedRuleIsDefined() throws IOException {
        Set<String> defined = RULE_HEADING
                .matcher(Files.readString(ROOT.resolve("docs/rules.md"), UTF_8))
                .results()
                .map(it -> it.group(1))
                .collect(Collectors.toSet());
        List<String> undefined = new ArrayList<>();
        for (Path file : files().filter(DocumentationTest::citesRules).toList()) {
            RULE.matcher(Files.readString(file, UTF_8))
                    .results()
                    .map(MatchResult::group)
                    .filter(it -> !defined.contains(it))
                    .forEach(it -> undefined.add(ROOT.relativize(file) + ": " + it));
        }
        assertThat(defined).hasSize(26).contains("R1", "R17a", "R19a", "R24");
        assertThat(undefined).isEmpty();
    }

    @Test
    void namedClassesExist() throws IOException {
        Set<String> declared = new HashSet<>();
        for (Path file : files().filter(it -> it.toString().endsWith(".java")).toList()) {
            DECLARATION.matcher(Files.readString(file, UTF_8)).results().forEach(it -> declared.add(it.group(1)));
        }
        for (String document : List.of("README.md", "docs/architecture.md", "docs/rules.md")) {
            Set<String> named = TYPE.matcher(Files.readString(ROOT.resolve(document), UTF_8))
                    .results()
                    .map(it -> it.group(1))
                    .filter(it -> !OF_LIBRARIES.contains(it))
                    .collect(Collectors.toSet());
            assertThat(named).as(document).isNotEmpty().isSubsetOf(declared);
        }
    }

    /** The new files of the walkthrough's command have its name. */
    @Test
    void theWalkthroughNamesFilesThatExist() throws IOException {
        String text = Files.readString(ROOT.resolve("CONTRIBUTING.md"), UTF_8);
        List<Path> files = files().toList();
        List<MatchResult> rows = ROW_OF_FILES.matcher(text).results().toList();
        assertThat(rows).hasSizeGreaterThan(10);
        for (MatchResult row : rows) {
            assertThat(QUOTED.matcher(row.group(2)).results().map(it -> it.group(1)))
                    .filteredOn(it -> !it.toLowerCase(Locale.ROOT).contains("review"))
                    .allSatisfy(name -> assertThat(files)
                            .as(name)
                            .anyMatch(file -> ROOT.relativize(file).toString().startsWith(row.group(1))
                                    && (file.toString().endsWith("/" + name)
                                            || file.toString().endsWith("/" + name + ".java"))));
        }
    }

    @Test
    void messagesToUsersNameNoOtherCompany() throws IOException {
        List<String> found = new ArrayList<>();
        for (Path file :
                files().filter(it -> it.toString().contains("/src/main/")).toList()) {
            if (file.toString().matches(".*\\.(java|js|html|css|yaml|txt|mustache|properties|sql)")) {
                Files.readString(file, UTF_8)
                        .lines()
                        .filter(DocumentationTest::namesAnotherCompany)
                        .forEach(line -> found.add(ROOT.relativize(file) + ": " + line.strip()));
            }
        }
        assertThat(found).isEmpty();
    }

    private static boolean namesAnotherCompany(String line) {
        String text = line.replace(LOGIN_METHOD, "").toLowerCase(Locale.ROOT);
        return text.contains("koyeb");
    }

    private static boolean citesRules(Path file) {
        return file.toString().matches(".*\\.(java|md|sql|yaml|html|properties)");
    }

    private static List<Path> markdown() throws IOException {
        List<Path> found = files().filter(it -> it.toString().endsWith(".md")).toList();
        assertThat(found).contains(ROOT.resolve("README.md"), ROOT.resolve("docs/quickstart.md"));
        return found;
    }

    /** The project's files, without what a build or a service writes. */
    private static Stream<Path> files() throws IOException {
        List<Path> found = new ArrayList<>();
        try (Stream<Path> roots = Files.list(ROOT)) {
            for (Path root : roots.toList()) {
                String name = root.getFileName().toString();
                if (name.startsWith(".") && !name.equals(".github") || name.equals("target")) {
                    continue;
                }
                try (Stream<Path> files = Files.walk(root)) {
                    files.filter(Files::isRegularFile)
                            .filter(it -> !it.toString().contains("/target/"))
                            .forEach(found::add);
                }
            }
        }
        return found.stream();
    }

    /** As GitHub derives them from headings. */
    private static Set<String> anchors(Path file) throws IOException {
        return HEADING.matcher(Files.readString(file, UTF_8))
                .results()
                .map(it -> it.group(1)
                        .toLowerCase()
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'))
                .collect(Collectors.toSet());
    }
}
