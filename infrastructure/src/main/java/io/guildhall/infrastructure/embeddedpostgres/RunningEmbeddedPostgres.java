package io.guildhall.infrastructure.embeddedpostgres;

import io.guildhall.infrastructure.datadirectory.PrivateDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;

/** Connects another process to the embedded PostgreSQL of a running service. */
public final class RunningEmbeddedPostgres {

    private RunningEmbeddedPostgres() {}

    /** The connection properties; empty if no server runs in this data directory. */
    public static Map<String, Object> properties(Path home) {
        PostmasterPidFile pidFile = PostmasterPidFile.in(home);
        try {
            OptionalInt port = pidFile.server().isPresent() ? pidFile.port() : OptionalInt.empty();
            if (port.isEmpty()) {
                return Map.of();
            }
            return Map.of(
                    "spring.datasource.url", EmbeddedPostgresServer.url(port.getAsInt()),
                    "spring.datasource.username", EmbeddedPostgresServer.USER,
                    "spring.datasource.password",
                            Files.readString(home.resolve(EmbeddedPostgresServer.PASSWORD_FILE))
                                    .strip());
        } catch (IOException e) {
            throw PrivateDirectory.unusable(home, e);
        }
    }
}
