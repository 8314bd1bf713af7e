package io.guildhall.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Who has used the processors for how long: what a request costs of them says more on a busy machine than how long it takes. */
final class Processors {

    /** Seconds; null where it cannot be known. */
    record Use(
            @Nullable Double service,
            @Nullable Double database,
            @Nullable Double load) {

        Use since(Use before) {
            return new Use(minus(service, before.service), minus(database, before.database), minus(load, before.load));
        }

        private static @Nullable Double minus(@Nullable Double now, @Nullable Double before) {
            return now == null || before == null ? null : (Double) (now - before);
        }
    }

    private static final double MILLIS = 1e3;

    private final @Nullable ProcessHandle service;
    private final @Nullable ProcessHandle postmaster;

    /**
     * @param service unless it is not known
     * @param home where the database may be
     */
    Processors(@Nullable ProcessHandle service, Path home) throws IOException {
        this.service = service;
        Path file = home.resolve("database").resolve("postmaster.pid");
        this.postmaster = Files.isReadable(file)
                ? ProcessHandle.of(Long.parseLong(
                                Files.readAllLines(file).getFirst().strip()))
                        .orElse(null)
                : null;
    }

    Use sofar() {
        return new Use(
                service == null ? null : seconds(Stream.of(service)),
                // Its backends are its children.
                postmaster == null ? null : seconds(postmaster.descendants()),
                seconds(Stream.of(ProcessHandle.current())));
    }

    private static double seconds(Stream<ProcessHandle> processes) {
        return processes
                        .map(ProcessHandle::info)
                        .map(ProcessHandle.Info::totalCpuDuration)
                        .flatMap(Optional::stream)
                        .mapToLong(Duration::toMillis)
                        .sum()
                / MILLIS;
    }
}
