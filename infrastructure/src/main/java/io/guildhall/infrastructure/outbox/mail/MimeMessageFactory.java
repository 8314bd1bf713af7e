package io.guildhall.infrastructure.outbox.mail;

import io.guildhall.domain.user.EmailAddress;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.Properties;
import org.springframework.stereotype.Component;

/** Makes a mail the message that leaves: plain text and HTML, as they are, in UTF-8. */
@Component
class MimeMessageFactory {

    private static final String UTF_8 = StandardCharsets.UTF_8.name();

    static final String ALLOW_UTF_8 = "mail.mime.allowutf8";

    private final Session ascii = Session.getInstance(new Properties());

    /** For addresses that only a message with UTF-8 in its headers (RFC 6532) can name. */
    private final Session utf8 = Session.getInstance(allowingUtf8());

    private final InternetAddress from;

    MimeMessageFactory(MailProperties properties) {
        this.from = properties.sender();
    }

    private static Properties allowingUtf8() {
        var properties = new Properties();
        properties.setProperty(ALLOW_UTF_8, "true");
        return properties;
    }

    static boolean isAscii(String text) {
        return StandardCharsets.US_ASCII.newEncoder().canEncode(text);
    }

    /** The id of the message is the mail's, so that one that was sent twice can be recognised as one. */
    MimeMessage put(OutboxEntry outboxEntry, MailContent mailContent) throws MessagingException {
        InternetAddress to = to(mailContent);
        MimeMessage message = new MimeMessage(isAscii(to.getAddress()) ? ascii : utf8) {

            @Override
            protected void updateMessageID() throws MessagingException {
                setHeader("Message-ID", "<%s@%s>".formatted(outboxEntry.id(), domain(from.getAddress())));
            }
        };
        message.setFrom(from);
        message.setRecipient(MimeMessage.RecipientType.TO, to);
        message.setSubject(mailContent.subject(), UTF_8);
        message.setSentDate(Date.from(outboxEntry.createdAt()));
        // Nobody's holiday notice shall answer.
        message.setHeader("Auto-Submitted", "auto-generated");
        message.setContent(
                new MimeMultipart("alternative", part(mailContent.plain(), "plain"), part(mailContent.html(), "html")));
        message.saveChanges();
        requireWritable(message);
        return message;
    }

    /** What cannot be written fails here, where it counts against the message, and not while it is sent. */
    private static void requireWritable(MimeMessage message) throws MessagingException {
        try {
            message.writeTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            throw new MessagingException("The message cannot be written", e);
        }
    }

    private static InternetAddress to(MailContent mailContent) throws MessagingException {
        return new InternetAddress(EmailAddress.of(mailContent.address()).withAsciiDomain(), true);
    }

    /** Never quoted-printable nor base64: whoever reads the source finds the link in one piece. */
    private static MimeBodyPart part(String text, String subtype) throws MessagingException {
        MimeBodyPart part = new MimeBodyPart();
        part.setText(text, UTF_8, subtype);
        part.setHeader("Content-Transfer-Encoding", isAscii(text) ? "7bit" : "8bit");
        return part;
    }

    private static String domain(String address) {
        return address.substring(address.lastIndexOf('@') + 1);
    }
}
