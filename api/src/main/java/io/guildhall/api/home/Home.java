package io.guildhall.api.home;

import java.nio.file.Path;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.FailureAnalyzedException;

/** The directory that holds the embedded database, the mail, and the secrets that the configuration does not give. */
public final class Home {

    private static final int KEY_BYTES = 32;

    private final HomeDirectory directory;
    private final boolean holdsDatabase;
    private final byte[] masterKey;
    private final @Nullable String operatorKey;

    /**
     * @param holdsDatabase whether the home is the only place of this Guildhall, so that its secrets may be made up there
     */
    public Home(HomeProperties properties, boolean holdsDatabase) {
        directory = new HomeDirectory(properties.home());
        this.holdsDatabase = holdsDatabase;
        String key = given(properties.masterKey());
        masterKey = key != null
                ? bytes(key, "The property guildhall.master-key")
                : bytes(
                        directory.secret("master.key"),
                        "The file " + directory.path().resolve("master.key"));
        String operator = given(properties.operator().key());
        operatorKey = operator == null && holdsDatabase ? directory.secret("operator.key") : operator;
    }

    /** Absolute. */
    public Path path() {
        return directory.path();
    }

    /** Whether its database is the embedded one, which one process at a time can use. */
    public boolean holdsDatabase() {
        return holdsDatabase;
    }

    /** A directory of the home, made when it is missing. */
    public Path directory(String name) {
        return directory.directory(name);
    }

    /** 32 bytes: under them the keys of personal data are wrapped (R20), and from them all other keys are derived. */
    public byte[] masterKey() {
        return masterKey.clone();
    }

    /** The secret by which an operator is known, or null when this Guildhall has none and so no operator can sign in. */
    public @Nullable String operatorKey() {
        return operatorKey;
    }

    HomeDirectory files() {
        return directory;
    }

    private static @Nullable String given(@Nullable String value) {
        return value == null || value.isBlank() ? null : value.strip();
    }

    private static byte[] bytes(String base64, String source) {
        try {
            byte[] bytes = Base64.getDecoder().decode(base64);
            if (bytes.length == KEY_BYTES) {
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            // Said below, without the value.
        }
        throw new FailureAnalyzedException(
                source + " is no master key: it must be 32 bytes in base64.",
                "Give the key that this Guildhall was started with first; a new one comes from: openssl rand -base64 32");
    }
}
