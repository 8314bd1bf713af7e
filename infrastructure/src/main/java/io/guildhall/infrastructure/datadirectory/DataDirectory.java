package io.guildhall.infrastructure.datadirectory;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.FailureAnalyzedException;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/** The data directory ({@code guildhall.home}): the embedded database, mail files, and secrets that configuration does not supply. */
public final class DataDirectory {

    /** The subdirectory of the embedded database. */
    public static final String DATABASE = "database";

    private static final int KEY_BYTES = 32;
    private static final String MASTER_KEY = "master.key";
    private static final String NEXT_MASTER_KEY = "master.key.next";

    private final PrivateDirectory files;
    private final byte @Nullable [] configuredMasterKey;
    private final List<byte[]> previousMasterKeys;
    private final @Nullable String operatorKey;

    /**
     * @param embeddedDatabase whether the database is in this directory too, so that the secrets may be generated here
     */
    public DataDirectory(DataDirectoryProperties properties, boolean embeddedDatabase) {
        files = new PrivateDirectory(properties.home());
        String key = textOrNull(properties.masterKey());
        configuredMasterKey = key == null ? null : decode(key, "The property guildhall.master-key");
        previousMasterKeys = properties.previousMasterKeys().stream()
                .map(previous -> decode(previous.strip(), "One of guildhall.previous-master-keys"))
                .toList();
        if (embeddedDatabase && !files.has(DATABASE)) {
            createMasterKey();
        }
        if (embeddedDatabase || files.has(MASTER_KEY)) {
            masterKeys();
        }
        String operator = textOrNull(properties.operator().key());
        operatorKey = operator == null && embeddedDatabase ? files.secret("operator.key") : operator;
    }

    /** Whether the database is embedded: the configuration names no other. */
    public static boolean hasEmbeddedDatabase(Environment environment) {
        return !StringUtils.hasText(environment.getProperty("spring.datasource.url"));
    }

    /** Absolute. */
    public Path path() {
        return files.path();
    }

    public PrivateDirectory files() {
        return files;
    }

    /** Creates the subdirectory if it does not exist. */
    public Path directory(String name) {
        return files.directory(name);
    }

    /**
     * Creates the master key of a new database, unless configuration supplies it or the file exists. Never called for a database that has
     * been used: a new key could not decrypt it, and might be copied over the only copy of the right one.
     */
    public void createMasterKey() {
        if (configuredMasterKey == null) {
            files.secret(MASTER_KEY);
        }
    }

    /**
     * The master keys, 32 bytes each: first the one that wraps this service's secrets (R20: the configuration supplies
     * the master key) or will do so, then those that may still wrap them. Reads the files each time, since another node
     * may have rotated the key.
     */
    public List<byte[]> masterKeys() {
        List<byte[]> keys = new ArrayList<>();
        if (configuredMasterKey != null) {
            keys.add(configuredMasterKey.clone());
        } else if (files.has(MASTER_KEY)) {
            keys.add(decode(files.read(MASTER_KEY), "The file " + files.file(MASTER_KEY)));
            if (files.has(NEXT_MASTER_KEY)) {
                keys.add(readOrCreateNext());
            }
        } else {
            throw new FailureAnalyzedException(
                    "The master key is missing: a database exists, but the file %s does not."
                            .formatted(files.file(MASTER_KEY)),
                    "Put your copy of master.key there, or set guildhall.master-key to its content. No new key was created: it could not"
                            + " decrypt the names and addresses in the database.");
        }
        previousMasterKeys.forEach(key -> keys.add(key.clone()));
        return keys;
    }

    /** The key that {@link #settle} makes the master key, in a file of its own; null if configuration supplies the master key. */
    public byte @Nullable [] nextMasterKey() {
        return configuredMasterKey == null ? readOrCreateNext() : null;
    }

    /** Replaces the master key's file by the next one, once the database uses that key. */
    public void settle(byte[] inUse) {
        if (configuredMasterKey == null
                && files.has(NEXT_MASTER_KEY)
                && MessageDigest.isEqual(readOrCreateNext(), inUse)) {
            try {
                files.rename(NEXT_MASTER_KEY, MASTER_KEY);
            } catch (NoSuchFileException e) {
                // Another process has renamed it.
            } catch (IOException e) {
                throw PrivateDirectory.unusable(files.file(MASTER_KEY), e);
            }
        }
    }

    private byte[] readOrCreateNext() {
        return decode(files.secret(NEXT_MASTER_KEY), "The file " + files.file(NEXT_MASTER_KEY));
    }

    /** The operators' bearer token; null if there is none and no operator can authenticate. */
    public @Nullable String operatorKey() {
        return operatorKey;
    }

    private static @Nullable String textOrNull(@Nullable String value) {
        return value == null || value.isBlank() ? null : value.strip();
    }

    private static byte[] decode(String base64, String source) {
        try {
            byte[] bytes = Base64.getDecoder().decode(base64);
            if (bytes.length == KEY_BYTES) {
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            // The message below does not quote the value.
        }
        throw new FailureAnalyzedException(
                source + " is not a master key: it must be 32 bytes in Base64.",
                "Supply the key that this service was first started with; a new one comes from: openssl rand -base64 32");
    }
}
