package io.guildhall.api.mail;

import io.guildhall.domain.account.EmailAddress;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.Properties;
import org.springframework.stereotype.Component;

/** Makes a letter the message that leaves: plain text and HTML, as they are, in UTF-8. */
@Component
class Envelope {

    private static final String UTF_8 = StandardCharsets.UTF_8.name();

    private final Session session = Session.getInstance(new Properties());
    private final InternetAddress from;
    private final Templates templates;

    Envelope(MailProperties properties, Templates templates) {
        this.from = properties.sender();
        this.templates = templates;
    }

    /** The id of the message is the mail's, so that one that was sent twice can be recognised as one. */
    MimeMessage put(Mail mail, Letter letter) throws MessagingException {
        Templates.Text text = templates.render(letter);
        MimeMessage message = new MimeMessage(session) {

            @Override
            protected void updateMessageID() throws MessagingException {
                setHeader("Message-ID", "<%s@%s>".formatted(mail.id(), domain(from.getAddress())));
            }
        };
        message.setFrom(from);
        message.setRecipient(MimeMessage.RecipientType.TO, to(letter));
        message.setSubject(text.subject(), UTF_8);
        message.setSentDate(Date.from(mail.createdAt()));
        // Nobody's holiday notice shall answer.
        message.setHeader("Auto-Submitted", "auto-generated");
        message.setContent(new MimeMultipart("alternative", part(text.plain(), "plain"), part(text.html(), "html")));
        message.saveChanges();
        return message;
    }

    private static InternetAddress to(Letter letter) throws MessagingException {
        return new InternetAddress(EmailAddress.of(letter.address()).withAsciiDomain(), true);
    }

    /** Never quoted-printable nor base64: whoever reads the source finds the link in one piece. */
    private static MimeBodyPart part(String text, String subtype) throws MessagingException {
        boolean ascii = StandardCharsets.US_ASCII.newEncoder().canEncode(text);
        MimeBodyPart part = new MimeBodyPart();
        part.setText(text, UTF_8, subtype);
        part.setHeader("Content-Transfer-Encoding", ascii ? "7bit" : "8bit");
        return part;
    }

    private static String domain(String address) {
        return address.substring(address.lastIndexOf('@') + 1);
    }
}
