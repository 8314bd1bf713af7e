package io.guildhall.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The mails of a service that has no SMTP server: files in its home. */
final class Mailbox {

    private static final long PATIENCE_SECONDS = 120;
    private static final Pattern TO = Pattern.compile("(?mi)^To:.*?([^\\s<>]+@[^\\s<>]+)");
    private static final Pattern VALIDATION = Pattern.compile("/account/validate/([A-Za-z0-9_-]{43})");

    private final Path directory;
    private final Set<Path> read = new HashSet<>();
    private final Map<String, String> validations = new HashMap<>();

    Mailbox(Path home) {
        this.directory = home.resolve("mail");
    }

    /** The id in the link that proves the address; waits for its mail. */
    String validation(String email) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (System.nanoTime() < end) {
            String found = look(email);
            if (found != null) {
                return found;
            }
            Thread.sleep(50);
        }
        throw new IOException("No mail to validate %s came to %s".formatted(email, directory));
    }

    /** Returns when no mail has come for a while: what follows is not disturbed by what went before. */
    void settle() throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        long before = -1;
        for (long now = count(); now != before && System.nanoTime() < end; now = count()) {
            before = now;
            Thread.sleep(1_200);
        }
    }

    private synchronized @Nullable String look(String email) throws IOException {
        if (!validations.containsKey(email) && Files.isDirectory(directory)) {
            try (Stream<Path> files = Files.list(directory)) {
                for (Path file : files.filter(it -> it.toString().endsWith(".eml"))
                        .filter(read::add)
                        .toList()) {
                    note(Files.readString(file, UTF_8));
                }
            }
        }
        return validations.get(email);
    }

    private void note(String mail) {
        Matcher to = TO.matcher(mail);
        Matcher link = VALIDATION.matcher(mail);
        if (to.find() && link.find()) {
            validations.put(to.group(1).toLowerCase(Locale.ROOT), link.group(1));
        }
    }

    private long count() throws IOException {
        if (!Files.isDirectory(directory)) {
            return 0;
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.count();
        }
    }
}
