package io.guildhall.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A small file system of its own, in memory, that can be filled. */
final class InMemoryDisk implements AutoCloseable {

    private static final String BALLAST = "ballast";

    private final Path place;

    /** Why there can be none here, or null. */
    static String impossible() {
        if (!"root".equals(System.getProperty("user.name"))) {
            return "Needs root, for a file system of its own";
        }
        try {
            new InMemoryDisk(Files.createTempDirectory("guildhall-disk"), 1).close();
            return null;
        } catch (IllegalStateException | IOException e) {
            return "Needs a file system of its own (mount -t tmpfs): " + e.getMessage();
        }
    }

    /** @param place an empty directory */
    InMemoryDisk(Path place, int megabytes) {
        this.place = place;
        NetworkNamespace.run(
                "mount", "-t", "tmpfs", "-o", "size=%dm".formatted(megabytes), "guildhall", place.toString());
    }

    /** To the last byte. */
    void fill() {
        byte[] piece = new byte[1 << 12];
        try (var out =
                Files.newOutputStream(place.resolve(BALLAST), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            while (true) {
                out.write(piece);
            }
        } catch (IOException full) {
            // As it should be.
        }
    }

    void free() {
        try {
            Files.deleteIfExists(place.resolve(BALLAST));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        NetworkNamespace.run("umount", "-l", place.toString());
        try {
            Files.deleteIfExists(place);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
