package io.guildhall.api.mail;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.InternetHeaders;
import jakarta.mail.internet.MimeMessage;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * To a directory, a file each, for the owner alone. A file is whole when it appears, and has the same name however often the
 * mail is sent.
 */
class FileDelivery implements Delivery {

    private static final Logger LOG = LoggerFactory.getLogger(FileDelivery.class);

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);

    private final Path directory;

    FileDelivery(Path directory) {
        this.directory = directory;
    }

    @Override
    public void deliver(Mail mail, MimeMessage message) throws NotDelivered {
        String name = "%s-%s-%s.eml"
                .formatted(
                        STAMP.format(mail.createdAt()),
                        mail.kind().slug(),
                        mail.id().toString().substring(0, 8));
        try {
            Path draft = directory.resolve("." + name + ".new");
            Files.deleteIfExists(draft);
            try (FileChannel channel = FileChannel.open(
                    draft, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownerOnly())) {
                // A message writes itself in many small pieces.
                OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 16 * 1024);
                message.writeTo(out);
                out.flush();
                channel.force(false);
            }
            Files.move(draft, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw NotDelivered.unavailable(e);
        } catch (MessagingException e) {
            throw NotDelivered.refused(e);
        }
    }

    @Override
    public void forgetOlderThan(Instant moment) {
        deleteWhere(file -> Files.getLastModifiedTime(file).toInstant().isBefore(moment));
    }

    @Override
    public void forgetAddress(String emailHash, UnaryOperator<String> hashing) {
        deleteWhere(file -> addresses(file).stream().map(hashing).anyMatch(emailHash::equals));
    }

    /** What decides over a file may read it. */
    private interface Choice {
        boolean includes(Path file) throws IOException;
    }

    /** A file that cannot be read or deleted stays, and does not stop the others. */
    private void deleteWhere(Choice choice) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*.eml")) {
            for (Path file : files) {
                try {
                    if (choice.includes(file)) {
                        Files.deleteIfExists(file);
                    }
                } catch (IOException e) {
                    LOG.warn(
                            "The mail {} cannot be read or deleted: {}",
                            file.getFileName(),
                            e.getClass().getName());
                }
            }
        } catch (IOException e) {
            LOG.warn(
                    "The mails in {} cannot be listed: {}",
                    directory,
                    e.getClass().getName());
        }
    }

    private static List<String> addresses(Path file) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            String to = new InternetHeaders(in).getHeader("To", ",");
            return to == null
                    ? List.of()
                    : Stream.of(InternetAddress.parse(to, false))
                            .map(InternetAddress::getAddress)
                            .toList();
        } catch (MessagingException e) {
            throw new IOException(e);
        }
    }

    @Override
    public String toString() {
        return "files in " + directory;
    }

    private static FileAttribute<?>[] ownerOnly() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }
}
