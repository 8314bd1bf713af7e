package io.guildhall.api.home;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.FailureAnalyzedException;

/** The directory that holds the embedded database, the mail, and the secrets that the configuration does not give. */
public final class Home {

    private static final int KEY_BYTES = 32;
    private static final String MASTER_KEY = "master.key";
    private static final String NEXT_MASTER_KEY = "master.key.next";

    private final HomeDirectory directory;
    private final boolean holdsDatabase;
    private final byte @Nullable [] givenMasterKey;
    private final List<byte[]> previousMasterKeys;
    private final @Nullable String operatorKey;

    /**
     * @param holdsDatabase whether the home is the only place of this Guildhall, so that its secrets may be made up there
     */
    public Home(HomeProperties properties, boolean holdsDatabase) {
        directory = new HomeDirectory(properties.home());
        this.holdsDatabase = holdsDatabase;
        String key = given(properties.masterKey());
        givenMasterKey = key == null ? null : bytes(key, "The property guildhall.master-key");
        previousMasterKeys = properties.previousMasterKeys().stream()
                .map(previous -> bytes(previous.strip(), "One of guildhall.previous-master-keys"))
                .toList();
        if (holdsDatabase && !RunningDatabase.isIn(directory.path())) {
            makeMasterKey();
        }
        if (holdsDatabase || directory.has(MASTER_KEY)) {
            masterKeys();
        }
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

    /**
     * Makes the master key of a new database, unless configuration gives it or the home holds it. Never called for a database that has
     * been used: a new key could not read it, and might be copied over the only copy of the right one.
     */
    public void makeMasterKey() {
        if (givenMasterKey == null) {
            directory.secret(MASTER_KEY);
        }
    }

    /**
     * 32 bytes each: that by which this Guildhall's secrets are or are to be wrapped (R20), then those that they may still be wrapped by.
     * Files are read each time, since another process of the home may have rotated the key.
     */
    public List<byte[]> masterKeys() {
        List<byte[]> keys = new ArrayList<>();
        if (givenMasterKey != null) {
            keys.add(givenMasterKey.clone());
        } else {
            keys.add(bytes(directory.existing(MASTER_KEY, this::noMasterKey), "The file " + file(MASTER_KEY)));
            if (Files.exists(directory.path().resolve(NEXT_MASTER_KEY))) {
                keys.add(ofFile(NEXT_MASTER_KEY));
            }
        }
        previousMasterKeys.forEach(key -> keys.add(key.clone()));
        return keys;
    }

    /** A new one in a file of the home, which becomes the master key by {@link #settle}; null when configuration gives the master key. */
    public byte @Nullable [] nextMasterKey() {
        return givenMasterKey == null ? ofFile(NEXT_MASTER_KEY) : null;
    }

    /** Once the database knows this master key: where it is the next one, it takes the place of the one before. */
    public void settle(byte[] inUse) {
        if (givenMasterKey == null
                && Files.exists(directory.path().resolve(NEXT_MASTER_KEY))
                && MessageDigest.isEqual(ofFile(NEXT_MASTER_KEY), inUse)) {
            directory.rename(NEXT_MASTER_KEY, MASTER_KEY);
        }
    }

    private byte[] ofFile(String name) {
        return bytes(directory.secret(name), "The file " + file(name));
    }

    private Path file(String name) {
        return directory.path().resolve(name);
    }

    private FailureAnalyzedException noMasterKey() {
        return new FailureAnalyzedException(
                "The master key is missing: there is a database already, but no file %s.".formatted(file(MASTER_KEY)),
                "Put your copy of master.key there, or set guildhall.master-key to its content. No new key was made: it could not read"
                        + " the names and addresses in the database.");
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
