package io.guildhall.cli.backup;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.guildhall.infrastructure.encryption.MasterKeyCipher;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** A backup file: a ZIP with the rows of each table, the roots of all trails, and a manifest that is signed with a key of the service. */
final class BackupArchive implements AutoCloseable {

    static final String PURPOSE = "backup";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final ZipFile zip;
    private final Manifest manifest;

    private BackupArchive(ZipFile zip, Manifest manifest) {
        this.zip = zip;
        this.manifest = manifest;
    }

    static byte[] bytes(Manifest manifest) {
        return JSON.writeValueAsBytes(manifest);
    }

    /**
     * Opens a backup and verifies all of it.
     *
     * @throws BackupException when the file is no backup, is incomplete or modified, or was made with another master key
     */
    static BackupArchive open(Path file, List<byte[]> masterKeys) {
        ZipFile zip = zip(file);
        try {
            byte[] written = read(zip, Manifest.ENTRY);
            Manifest manifest = manifest(written, file);
            if (manifest.schema().compareTo(DatabaseSchema.newest()) > 0) {
                throw new BackupException("A newer version of Guildhall made this backup. Nothing was restored.");
            }
            byte[] signed =
                    MasterKeyCipher.sign(masterKeys, manifest.checkValue(), manifest.identity(), PURPOSE, written);
            if (signed == null) {
                throw new BackupException(
                        "The master key is not the one that this backup was made with. Set guildhall.master-key to that key, or put it"
                                + " into master.key in the home.");
            }
            String mac = HexFormat.of().formatHex(signed);
            if (!MessageDigest.isEqual(mac.getBytes(US_ASCII), read(zip, Manifest.SIGNED))) {
                throw altered(file, Manifest.ENTRY);
            }
            BackupArchive archive = new BackupArchive(zip, manifest);
            archive.compare(file);
            return archive;
        } catch (IOException e) {
            close(zip);
            throw altered(file, String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            close(zip);
            throw e;
        }
    }

    Manifest manifest() {
        return manifest;
    }

    InputStream content(Manifest.Part part) throws IOException {
        return content(zip, part.entry());
    }

    @Override
    public void close() {
        close(zip);
    }

    private void compare(Path file) throws IOException {
        List<Manifest.Part> parts = Stream.concat(
                        manifest.tables().stream().map(Manifest.Table::rows), Stream.of(manifest.trails()))
                .toList();
        for (Manifest.Part part : parts) {
            try (InputStream content = content(part);
                    DigestingOutputStream digested = new DigestingOutputStream(OutputStream.nullOutputStream())) {
                content.transferTo(digested);
                if (!digested.part(part.entry()).equals(part)) {
                    throw altered(file, part.entry());
                }
            }
        }
    }

    private static ZipFile zip(Path file) {
        try {
            return new ZipFile(file.toFile());
        } catch (ZipException e) {
            throw new BackupException(file + " is no backup, or is incomplete.");
        } catch (IOException e) {
            throw new BackupException("%s cannot be read: %s".formatted(file, e.getMessage()));
        }
    }

    private static Manifest manifest(byte[] written, Path file) {
        Manifest manifest;
        try {
            manifest = JSON.readValue(written, Manifest.class);
        } catch (JacksonException e) {
            throw altered(file, Manifest.ENTRY);
        }
        if (manifest.format() != Manifest.FORMAT) {
            throw new BackupException("The backup is of format %d, and this Guildhall knows %d only: use a newer one."
                    .formatted(manifest.format(), Manifest.FORMAT));
        }
        return manifest;
    }

    private static byte[] read(ZipFile zip, String name) throws IOException {
        try (InputStream content = content(zip, name)) {
            return content.readAllBytes();
        }
    }

    private static InputStream content(ZipFile zip, String name) throws IOException {
        ZipEntry entry = zip.getEntry(name);
        InputStream content = entry == null ? null : zip.getInputStream(entry);
        if (content == null) {
            throw new ZipException("no " + name);
        }
        return content;
    }

    private static BackupException altered(Path file, String what) {
        return new BackupException("%s was modified (%s). Nothing was restored.".formatted(file, what));
    }

    private static void close(ZipFile zip) {
        try {
            zip.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
