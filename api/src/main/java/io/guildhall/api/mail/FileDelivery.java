package io.guildhall.api.mail;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Set;

/**
 * To a directory, a file each, for the owner alone. A file is whole when it appears, and has the same name however often the
 * mail is sent.
 */
class FileDelivery implements Delivery {

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
