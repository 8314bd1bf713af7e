package io.guildhall.infrastructure.embeddedpostgres;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.util.Objects.requireNonNull;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import io.zonky.test.db.postgres.util.LinuxUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.springframework.boot.diagnostics.FailureAnalyzedException;
import org.springframework.util.DigestUtils;
import org.springframework.util.FileSystemUtils;
import org.tukaani.xz.XZInputStream;

/**
 * PostgreSQL's programs for this platform, unpacked from the class path.
 *
 * @param programs the directory of the programs
 */
record PostgresBinaries(Path programs) {

    /** @param output what the program wrote to standard output and standard error */
    record Result(boolean succeeded, String output) {}

    /** Unpacks them unless they are there; each version has a directory of its own. */
    static PostgresBinaries unpackedIn(Path directory) throws IOException {
        String system = System.getProperty("os.name");
        String architecture = System.getProperty("os.arch");
        byte[] archive;
        try (InputStream packed = DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(
                system.startsWith("Mac") ? "Darwin" : "Linux", architecture)) {
            archive = packed.readAllBytes();
        } catch (IllegalStateException e) {
            throw new FailureAnalyzedException(
                    "No PostgreSQL is embedded for %s on %s.".formatted(system, architecture),
                    EmbeddedPostgresServer.USE_ANOTHER,
                    e);
        }
        Path version = directory.resolve(DigestUtils.md5DigestAsHex(archive));
        if (!Files.exists(version)) {
            Path draft = directory.resolve(version.getFileName() + ".new");
            FileSystemUtils.deleteRecursively(draft);
            unpack(archive, draft);
            Files.move(draft, version, ATOMIC_MOVE);
        }
        return new PostgresBinaries(version.resolve("bin"));
    }

    private static void unpack(byte[] archive, Path directory) throws IOException {
        try (var tar = new TarArchiveInputStream(new XZInputStream(new ByteArrayInputStream(archive)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path target = directory.resolve(entry.getName()).normalize();
                // Not every directory has an entry of its own.
                Files.createDirectories(requireNonNull(target.getParent()));
                if (entry.isDirectory()) {
                    Files.createDirectories(target);
                } else if (entry.isSymbolicLink()) {
                    Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
                } else {
                    Files.copy(tar, target);
                    target.toFile().setExecutable((entry.getMode() & 0100) != 0);
                }
            }
        }
    }

    /** Runs a program to its end. Started by root, it runs in a user namespace of its own, because PostgreSQL refuses to be root. */
    Result run(Path workingDirectory, String program, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(LinuxUtils.isUnshareAvailable() ? List.of("unshare", "-U") : List.of());
        command.add(programs.resolve(program).toString());
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(workingDirectory.toFile())
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        // English messages; on macOS the server does not start without it.
        builder.environment().put("LC_ALL", "C");
        Process process = builder.start();
        try (InputStream output = process.getInputStream()) {
            String text = new String(output.readAllBytes(), UTF_8).strip();
            return new Result(process.waitFor() == 0, text);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            return new Result(false, "interrupted");
        }
    }
}
