package io.guildhall.infrastructure.datadirectory;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
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
import org.springframework.boot.diagnostics.FailureAnalyzedException;

/** A directory whose files and subdirectories only their owner can read. */
public final class PrivateDirectory {

    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    private static final Set<PosixFilePermission> OWNER_FILE = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> OWNER_DIRECTORY = PosixFilePermissions.fromString("rwx------");
    private static final int SECRET_BYTES = 32;

    private final Path path;

    /** Creates the directory if it does not exist. */
    public PrivateDirectory(Path path) {
        this.path = create(path.toAbsolutePath().normalize());
    }

    public Path path() {
        return path;
    }

    public Path file(String name) {
        return path.resolve(name);
    }

    public boolean has(String name) {
        return Files.exists(file(name));
    }

    /** Creates the subdirectory if it does not exist. */
    public Path directory(String name) {
        return create(file(name));
    }

    /** Reads a secret. If the file does not exist, exactly one process creates it, with 32 random bytes in Base64. */
    public String secret(String name) {
        // The file lock excludes other processes, the monitor excludes other threads.
        synchronized (PrivateDirectory.class) {
            try (FileChannel channel = open("home.lock", CREATE, WRITE);
                    FileLock held = channel.lock()) {
                if (!has(name)) {
                    byte[] bytes = new byte[SECRET_BYTES];
                    new SecureRandom().nextBytes(bytes);
                    write(name, Base64.getEncoder().encodeToString(bytes) + "\n");
                }
            } catch (IOException e) {
                throw unusable(file(name), e);
            }
        }
        return read(name);
    }

    /** Reads a file that exists, and withdraws the permissions of others. */
    public String read(String name) {
        Path file = file(name);
        try {
            if (POSIX && !OWNER_FILE.containsAll(Files.getPosixFilePermissions(file))) {
                Files.setPosixFilePermissions(file, OWNER_FILE);
            }
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw unusable(file, e);
        }
    }

    private void write(String name, String content) throws IOException {
        String draft = name + ".new";
        Files.deleteIfExists(file(draft));
        try (FileChannel channel = open(draft, CREATE_NEW, WRITE)) {
            channel.write(UTF_8.encode(content));
            channel.force(true);
        }
        rename(draft, name);
    }

    /** Renames durably, and replaces the target. */
    public void rename(String from, String to) throws IOException {
        Files.move(file(from), file(to), ATOMIC_MOVE);
        try (FileChannel channel = FileChannel.open(path, READ)) {
            channel.force(true);
        }
    }

    /** Opens a file that only its owner can read. */
    public FileChannel open(String name, OpenOption... options) throws IOException {
        return FileChannel.open(file(name), Set.of(options), attributes(OWNER_FILE));
    }

    public static FailureAnalyzedException unusable(Path path, IOException cause) {
        return new FailureAnalyzedException(
                "%s cannot be used: %s.".formatted(path, reason(cause)),
                "Let this user write there, or name another directory by guildhall.home.",
                cause);
    }

    /** The messages of the first three are only the path. */
    private static String reason(IOException e) {
        return switch (e) {
            case AccessDeniedException denied -> "permission denied";
            case FileAlreadyExistsException file -> "it is not a directory";
            case NoSuchFileException missing -> "no such file or directory";
            default -> String.valueOf(e.getMessage());
        };
    }

    private static Path create(Path directory) {
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
