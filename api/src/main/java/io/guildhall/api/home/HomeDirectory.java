package io.guildhall.api.home;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;
import java.util.function.Supplier;
import org.springframework.boot.diagnostics.FailureAnalyzedException;

/**
 * Small files and directories for their owner alone. A file is made once, whole and durably: of several processes that start at the
 * same time one makes it and the others read it.
 */
final class HomeDirectory {

    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    private static final Set<PosixFilePermission> OWNER_FILE = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> OWNER_DIRECTORY = PosixFilePermissions.fromString("rwx------");

    private final Path path;

    HomeDirectory(Path path) {
        this.path = path.toAbsolutePath().normalize();
        make(this.path);
    }

    Path path() {
        return path;
    }

    Path directory(String name) {
        return make(path.resolve(name));
    }

    /** 32 random bytes in base64. */
    String secret(String name) {
        return file(name, () -> {
            byte[] bytes = new byte[32];
            new SecureRandom().nextBytes(bytes);
            return Base64.getEncoder().encodeToString(bytes);
        });
    }

    boolean has(String name) {
        return Files.exists(path.resolve(name));
    }

    /** The content of a file that is never made here. */
    String existing(String name, Supplier<? extends RuntimeException> missing) {
        return file(name, () -> {
            throw missing.get();
        });
    }

    /** What the file says, which is the given content when it is missing. */
    String file(String name, Supplier<String> content) {
        Path file = path.resolve(name);
        // A file lock keeps processes apart, not the threads of one.
        synchronized (HomeDirectory.class) {
            try (FileChannel lock = open(path.resolve("home.lock"), CREATE, WRITE);
                    var held = lock.lock()) {
                if (!Files.exists(file)) {
                    write(name, content.get());
                } else if (POSIX && !OWNER_FILE.containsAll(Files.getPosixFilePermissions(file))) {
                    Files.setPosixFilePermissions(file, OWNER_FILE);
                }
                return Files.readString(file).strip();
            } catch (IOException e) {
                throw unusable(file, e);
            }
        }
    }

    /** Makes or replaces the file. */
    void write(String name, String content) {
        Path file = path.resolve(name);
        Path draft = path.resolve(name + ".new");
        try {
            Files.deleteIfExists(draft);
            try (FileChannel channel = open(draft, CREATE_NEW, WRITE)) {
                channel.write(ByteBuffer.wrap((content + "\n").getBytes(UTF_8)));
                channel.force(true);
            }
            Files.move(draft, file, ATOMIC_MOVE);
            force(path);
        } catch (IOException e) {
            throw unusable(file, e);
        }
    }

    /** Replaces the other file; silence when another process has done it. */
    void rename(String from, String to) {
        try {
            Files.move(path.resolve(from), path.resolve(to), ATOMIC_MOVE);
            force(path);
        } catch (NoSuchFileException e) {
            // Done.
        } catch (IOException e) {
            throw unusable(path.resolve(to), e);
        }
    }

    /** Makes the names in a directory durable. */
    static void force(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, READ)) {
            channel.force(true);
        }
    }

    static FileChannel open(Path file, OpenOption... options) throws IOException {
        return FileChannel.open(file, Set.of(options), attributes(OWNER_FILE));
    }

    static FailureAnalyzedException unusable(Path path, IOException cause) {
        return new FailureAnalyzedException(
                "%s cannot be used: %s.".formatted(path, reason(cause)),
                "Let this user write there, or name another directory by guildhall.home.",
                cause);
    }

    private static String reason(IOException e) {
        // Their messages are the path alone.
        return switch (e) {
            case AccessDeniedException denied -> "permission denied";
            case FileAlreadyExistsException file -> "it is no directory";
            case NoSuchFileException missing -> "no such file or directory";
            default -> String.valueOf(e.getMessage());
        };
    }

    private static Path make(Path directory) {
        try {
            return Files.createDirectories(directory, attributes(OWNER_DIRECTORY));
        } catch (IOException e) {
            throw unusable(directory, e);
        }
    }

    private static FileAttribute<?>[] attributes(Set<PosixFilePermission> permissions) {
        return POSIX
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
                : new FileAttribute<?>[0];
    }
}
