package io.guildhall.api.session;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Names the program behind a {@code User-Agent} header, so that users recognize their own sign-ins. Versions and devices are left out:
 * the less is stored of a person, the better.
 */
final class UserAgents {

    /** What a browser's header contains. Most browsers name others as well, so the first match counts. */
    private static final Map<String, String> BROWSERS = inOrder(
            "Edg", "Edge",
            "OPR/", "Opera",
            "SamsungBrowser/", "Samsung Internet",
            "Firefox/", "Firefox",
            "FxiOS/", "Firefox",
            "Chrome/", "Chrome",
            "CriOS/", "Chrome",
            "Safari/", "Safari");

    private static final Map<String, String> SYSTEMS = inOrder(
            "Android", "Android",
            "iPhone", "iOS",
            "iPad", "iPadOS",
            "Windows", "Windows",
            "CrOS", "ChromeOS",
            "Macintosh", "macOS",
            "Linux", "Linux");

    /** Programs other than browsers begin with their name, such as {@code curl/8.5.0}. */
    private static final Pattern PROGRAM = Pattern.compile("([A-Za-z][A-Za-z0-9._-]{0,39})(?:[/ ].*)?");

    private UserAgents() {}

    /** Such as {@code Firefox on Linux} or {@code curl}; null for no header and for one that is not understood. */
    static @Nullable String nameOf(@Nullable String header) {
        if (header == null) {
            return null;
        }
        if (!header.startsWith("Mozilla/")) {
            Matcher program = PROGRAM.matcher(header);
            return program.matches() ? program.group(1) : null;
        }
        String browser = first(BROWSERS, header);
        String system = first(SYSTEMS, header);
        return browser == null || system == null ? browser : browser + " on " + system;
    }

    private static @Nullable String first(Map<String, String> names, String header) {
        return names.entrySet().stream()
                .filter(name -> header.contains(name.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
    }

    private static Map<String, String> inOrder(String... marksAndNames) {
        Map<String, String> names = new LinkedHashMap<>();
        for (int i = 0; i < marksAndNames.length; i += 2) {
            names.put(marksAndNames[i], marksAndNames[i + 1]);
        }
        return names;
    }
}
