package io.guildhall.api.home;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Predicate;

/** What a PostgreSQL server says of itself in its directory, for as long as it runs. */
final class PostmasterFile {

    private static final int PROCESS = 0;
    private static final int PORT = 3;

    private final Path file;

    PostmasterFile(Path data) {
        this.file = data.resolve("postmaster.pid");
    }

    boolean exists() throws IOException {
        return line(PROCESS).isPresent();
    }

    /** Empty also while it has yet to begin listening. */
    Optional<Integer> port() throws IOException {
        return line(PORT).map(Integer::parseInt);
    }

    /** Whether the server has a process, which then may still be starting or stopping. */
    boolean isOfARunningServer() throws IOException {
        Optional<Long> pid = line(PROCESS).map(Long::parseLong);
        if (pid.isEmpty()) {
            return false;
        }
        if (ProcessHandle.of(pid.get())
                .filter(Predicate.not(PostmasterFile::isSomethingElse))
                .isPresent()) {
            return true;
        }
        // Left behind by a crash; PostgreSQL itself would take any process of this number for its own.
        Files.deleteIfExists(file);
        return false;
    }

    private static boolean isSomethingElse(ProcessHandle process) {
        Optional<String> program = process.info().command();
        return program.isPresent() && !program.get().contains("postgres");
    }

    private Optional<String> line(int number) throws IOException {
        try {
            return Files.readAllLines(file).stream()
                    .skip(number)
                    .findFirst()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }
}
