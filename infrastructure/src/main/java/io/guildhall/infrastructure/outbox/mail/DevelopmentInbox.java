package io.guildhall.infrastructure.outbox.mail;

import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the mails that {@link FileMailTransport} wrote. A mail's id is the name of its file without {@code .eml}. */
public final class DevelopmentInbox {

    static final int MAX_LISTED = 100;

    private static final String SUFFIX = ".eml";

    private static final Pattern LINK = Pattern.compile("(?m)^(https?://\\S+)\\r?$");

    private final Path directory;

    public DevelopmentInbox(Path directory) {
        this.directory = directory;
    }

    public record MailSummary(String id, String to, String subject, Instant createdAt) {}

    /** @param link the first line of the text that is a link, or null */
    public record MailText(
            String id,
            String to,
            String subject,
            Instant createdAt,
            String text,
            @Nullable String link) {}

    /** The newest {@value #MAX_LISTED} mails, newest first. */
    public List<MailSummary> newest() {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> FileMailTransport.FILE_NAME.matcher(
                            file.getFileName().toString()))
                    .filter(Matcher::matches)
                    .map(name -> name.group("file"))
                    .sorted(Comparator.reverseOrder())
                    .limit(MAX_LISTED)
                    .map(this::find)
                    .filter(Objects::nonNull)
                    .map(mail -> new MailSummary(mail.id(), mail.to(), mail.subject(), mail.createdAt()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Null when there is no such mail, or when the file is no mail. */
    public @Nullable MailText find(String id) {
        String name = id + SUFFIX;
        if (!FileMailTransport.FILE_NAME.matcher(name).matches()) {
            return null;
        }
        Path file = directory.resolve(name);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return null;
        }
        try (InputStream in = Files.newInputStream(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            MimeMessage message = new MimeMessage(null, in);
            String text = plainText(message);
            Matcher link = LINK.matcher(text);
            return new MailText(
                    id,
                    recipients(message),
                    Objects.requireNonNullElse(message.getSubject(), ""),
                    Objects.requireNonNull(message.getSentDate(), "Date").toInstant(),
                    text,
                    link.find() ? link.group(1) : null);
        } catch (NoSuchFileException | MessagingException e) {
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String recipients(MimeMessage message) throws MessagingException {
        return Arrays.stream(Objects.requireNonNullElse(message.getAllRecipients(), new InternetAddress[0]))
                .map(address -> address instanceof InternetAddress mailbox ? mailbox.getAddress() : address.toString())
                .collect(Collectors.joining(", "));
    }

    private static String plainText(Part part) throws MessagingException, IOException {
        if (part.isMimeType("text/plain")) {
            return String.valueOf(part.getContent());
        }
        if (part.getContent() instanceof Multipart parts) {
            for (int i = 0; i < parts.getCount(); i++) {
                String text = plainText(parts.getBodyPart(i));
                if (!text.isEmpty()) {
                    return text;
                }
            }
        }
        return "";
    }
}
