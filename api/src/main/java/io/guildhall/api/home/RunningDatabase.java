package io.guildhall.api.home;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The embedded PostgreSQL of a home, for who looks at it while the service runs. */
public final class RunningDatabase {

    private RunningDatabase() {}

    /** Whether there is one in the home, running or not. */
    public static boolean isIn(Path home) {
        return Files.exists(home.resolve("database"));
    }

    /** The properties that lead to it; nothing when it does not run. */
    public static Map<String, Object> of(Path home) {
        PostmasterFile postmaster = new PostmasterFile(home.resolve("database"));
        try {
            Optional<Integer> port = postmaster.isOfARunningServer() ? postmaster.port() : Optional.empty();
            if (port.isEmpty()) {
                return Map.of();
            }
            return Map.of(
                    "spring.datasource.url", "jdbc:postgresql://127.0.0.1:%d/postgres".formatted(port.get()),
                    "spring.datasource.username", PostgresServer.USER,
                    "spring.datasource.password",
                            Files.readString(home.resolve(PostgresServer.PASSWORD))
                                    .strip());
        } catch (IOException e) {
            throw HomeDirectory.unusable(home, e);
        }
    }
}
