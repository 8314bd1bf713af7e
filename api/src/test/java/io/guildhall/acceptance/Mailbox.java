package io.guildhall.acceptance;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the mails that the service left as files. */
final class Mailbox {

    /** Kinds of mail, by what their links begin with. */
    static final String VALIDATION = "/account/validate/";

    static final String INVITATION = "/account/organization_invitations/";
    static final String EMAIL_CHANGE = "/account/email-change/";
    static final String RESET = "/account/reset-password/";
    static final String DEACTIVATION = "/organization/deactivate/confirm/";

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Alone on its line, as people find it when they read the source. */
    private static final Pattern LINK = Pattern.compile("(?m)^https?://\\S+?(/[a-z_/-]+/)([A-Za-z0-9_-]{43,64})\\r?$");

    private final Path directory;
    private final ConcurrentSkipListMap<String, Letter> read = new ConcurrentSkipListMap<>();

    Mailbox(Path directory) {
        this.directory = directory;
    }

    /** One mail; {@code text} is the plain-text part. */
    record Letter(String file, String messageId, String to, String subject, String text, String html) {

        /** The mailed link's id. */
        String id() {
            Matcher link = LINK.matcher(text);
            if (!link.find()) {
                throw new AssertionError("No link in " + this);
            }
            return link.group(2);
        }

        /** Without the bodies. */
        @Override
        public String toString() {
            return "%s: %s".formatted(file, subject);
        }

        boolean hasLink(String kind) {
            Matcher link = LINK.matcher(text);
            return link.find() && link.group(1).equals(kind);
        }
    }

    /** Everything that came for an address so far, in the order in which it was asked for. */
    List<Letter> to(String address) {
        look();
        return read.values().stream()
                .filter(letter -> letter.to().equalsIgnoreCase(address))
                .toList();
    }

    /** Waits for the first mail with a link of this kind. */
    Letter link(String address, String kind) {
        return link(address, kind, 1);
    }

    /** Waits for the nth mail with a link of this kind, counted from one. */
    Letter link(String address, String kind, int nth) {
        Instant giveUp = Instant.now().plus(PATIENCE);
        while (true) {
            List<Letter> found =
                    to(address).stream().filter(letter -> letter.hasLink(kind)).toList();
            if (found.size() >= nth) {
                return found.get(nth - 1);
            }
            if (Instant.now().isAfter(giveUp)) {
                throw new AssertionError(
                        "No mail no. %d with a link %s to %s, only %s".formatted(nth, kind, address, to(address)));
            }
            pause();
        }
    }

    /** Waits for a mail whose subject contains the words. */
    Letter about(String address, String words) {
        Instant giveUp = Instant.now().plus(PATIENCE);
        while (true) {
            for (Letter letter : to(address)) {
                if (letter.subject().contains(words)) {
                    return letter;
                }
            }
            if (Instant.now().isAfter(giveUp)) {
                throw new AssertionError("No mail about %s to %s, only %s".formatted(words, address, to(address)));
            }
            pause();
        }
    }

    private void look() {
        if (!Files.isDirectory(directory)) {
            return;
        }
        try (Stream<Path> files = Files.list(directory)) {
            files.filter(file -> file.getFileName().toString().endsWith(".eml"))
                    .filter(file -> !read.containsKey(file.getFileName().toString()))
                    .forEach(file -> read.computeIfAbsent(file.getFileName().toString(), name -> open(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Null for one that the service has deleted meanwhile, since its recipient was erased. */
    private static @Nullable Letter open(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            MimeMessage message = new MimeMessage(null, in);
            Multipart parts = (Multipart) message.getContent();
            InternetAddress to = (InternetAddress) message.getRecipients(Message.RecipientType.TO)[0];
            return new Letter(
                    file.getFileName().toString(),
                    message.getMessageID(),
                    to.getAddress(),
                    message.getSubject(),
                    String.valueOf(parts.getBodyPart(0).getContent()),
                    String.valueOf(parts.getBodyPart(1).getContent()));
        } catch (NoSuchFileException deleted) {
            return null;
        } catch (IOException | MessagingException e) {
            throw new IllegalStateException(file + " is no mail", e);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
