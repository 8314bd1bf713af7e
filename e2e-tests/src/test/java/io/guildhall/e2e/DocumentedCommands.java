package io.guildhall.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The shell commands of a Markdown file, in order: each fenced {@code sh} block, with the {@code json} or {@code text} block that follows it as its
 * expected output. A comment {@code <!-- not executed: REASON -->} above a block excepts it.
 */
record DocumentedCommands(String file, List<Step> steps) {

    private static final Pattern BLOCK = Pattern.compile(
            "(?m)^(?:<!-- not executed: (?<reason>.*) -->\\n+)?```(?<language>\\w*)\\n(?<content>(?:.*\\n)*?)```$");

    /**
     * One {@code sh} block.
     *
     * @param exception why the block is not executed, or null if it is
     * @param language of the expected output, or null if the file shows none
     */
    record Step(
            int line,
            String script,
            @Nullable String exception,
            @Nullable String language,
            @Nullable String expected) {}

    /** @param file relative to the project's root */
    static DocumentedCommands of(String file) {
        try {
            String text = Files.readString(GuildhallProcess.ROOT.resolve(file), UTF_8);
            List<Step> steps = new ArrayList<>();
            Matcher block = BLOCK.matcher(text);
            while (block.find()) {
                int line =
                        (int) text.substring(0, block.start("content")).lines().count() + 1;
                String content = block.group("content");
                switch (block.group("language")) {
                    case "sh" -> steps.add(new Step(line, content, block.group("reason"), null, null));
                    case "json", "text" -> {
                        Step command = steps.removeLast();
                        if (command.expected() != null || command.exception() != null) {
                            throw new AssertionError(
                                    "%s:%d: no executed command precedes this output".formatted(file, line));
                        }
                        steps.add(new Step(command.line(), command.script(), null, block.group("language"), content));
                    }
                    default ->
                        throw new AssertionError("%s:%d: a block must be sh, json or text".formatted(file, line));
                }
            }
            return new DocumentedCommands(file, List.copyOf(steps));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The file and the reason of each block that is not executed. */
    List<String> exceptions() {
        return steps.stream()
                .filter(step -> step.exception() != null)
                .map(step -> file + ": " + step.exception())
                .toList();
    }

    /** The number of fences, so that a block that the pattern misses does not go unnoticed. */
    static long fences(Path file) throws IOException {
        return Files.readString(file, UTF_8)
                .lines()
                .filter(line -> line.strip().startsWith("```"))
                .count();
    }
}
