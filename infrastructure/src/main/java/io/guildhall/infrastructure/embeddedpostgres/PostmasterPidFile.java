package io.guildhall.infrastructure.embeddedpostgres;

import io.guildhall.infrastructure.datadirectory.DataDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * {@code postmaster.pid}, which a PostgreSQL server keeps in its data directory while it runs.
 *
 * @param path of the file
 */
record PostmasterPidFile(Path path) {

    private static final int PID = 0;
    private static final int PORT = 3;

    static PostmasterPidFile in(Path home) {
        return new PostmasterPidFile(home.resolve(DataDirectory.DATABASE).resolve("postmaster.pid"));
    }

    /**
     * The process of the server, which may still be starting or stopping. Deletes a file that a crash left behind if its process ID belongs
     * to another program by now: PostgreSQL would refuse to start.
     */
    Optional<ProcessHandle> server() throws IOException {
        Optional<String> pid = line(PID);
        Optional<ProcessHandle> process = pid.map(Long::parseLong).flatMap(ProcessHandle::of);
        if (pid.isPresent() && process.filter(PostmasterPidFile::mayBePostgres).isEmpty()) {
            Files.deleteIfExists(path);
            return Optional.empty();
        }
        return process;
    }

    /** Empty until the server listens. */
    OptionalInt port() throws IOException {
        return line(PORT).map(Integer::parseInt).map(OptionalInt::of).orElse(OptionalInt.empty());
    }

    private static boolean mayBePostgres(ProcessHandle process) {
        return process.info().command().map(it -> it.contains("postgres")).orElse(true);
    }

    private Optional<String> line(int number) throws IOException {
        try {
            List<String> lines = Files.readAllLines(path);
            return lines.size() > number
                    ? Optional.of(lines.get(number).strip()).filter(line -> !line.isEmpty())
                    : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }
}
