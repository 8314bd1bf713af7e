package io.guildhall.infrastructure.outbox.mail;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
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
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes each mail to a file that only its owner can read. A file is complete when it appears, and has the same name however often
 * the mail is sent: its time, kind and id.
 */
public class FileMailTransport implements MailTransport {

    private static final Logger LOG = LoggerFactory.getLogger(FileMailTransport.class);

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);

    /** So that no name leads out of the directory. */
    static final Pattern FILE_NAME = Pattern.compile("(?<file>[0-9]{8}T[0-9]{6}\\.[0-9]{3}Z-[a-z-]+-"
            + "(?<id>[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}))\\.eml");

    private final Path directory;

    FileMailTransport(Path directory) {
        this.directory = directory;
    }

    @Override
    public void deliver(OutboxEntry outboxEntry, MimeMessage message) throws MailNotDeliveredException {
        String name = "%s-%s-%s.eml"
                .formatted(
                        STAMP.format(outboxEntry.createdAt()),
                        outboxEntry.kind().toLowerCase(Locale.ROOT).replace('_', '-'),
                        outboxEntry.id());
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
            throw MailNotDeliveredException.unavailable(e);
        } catch (MessagingException e) {
            throw MailNotDeliveredException.refused(e);
        }
    }

    @Override
    public void forgetOlderThan(Instant moment) {
        deleteWhere(file -> Files.getLastModifiedTime(file).toInstant().isBefore(moment));
    }

    @Override
    public void deleteFiles(UnaryOperator<Set<UUID>> choice) {
        Set<UUID> kept = new HashSet<>();
        for (Path file : files()) {
            UUID outboxEntry = mailOf(file);
            if (outboxEntry != null) {
                kept.add(outboxEntry);
            }
        }
        if (!kept.isEmpty()) {
            Set<UUID> chosen = choice.apply(kept);
            deleteWhere(file -> chosen.contains(mailOf(file)));
        }
    }

    /** Null for a file that is no mail of this class. */
    private static @Nullable UUID mailOf(Path file) {
        Matcher name = FILE_NAME.matcher(file.getFileName().toString());
        return name.matches() ? UUID.fromString(name.group("id")) : null;
    }

    private List<Path> files() {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*.eml")) {
            files.forEach(found::add);
        } catch (IOException | DirectoryIteratorException e) {
            LOG.warn(
                    "The mails in {} cannot be listed: {}",
                    directory,
                    e.getClass().getName());
        }
        return found;
    }

    /** May read the file that it decides about. */
    private interface Choice {
        boolean includes(Path file) throws IOException;
    }

    /** A file that cannot be read or deleted stays, and does not stop the others. */
    private void deleteWhere(Choice choice) {
        for (Path file : files()) {
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
