package io.guildhall.infrastructure.outbox.mail;

import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.util.StringUtils;

/**
 * Sends to the SMTP server of {@code spring.mail.*}. An address with other characters than ASCII in front of the {@code @} is sent by
 * SMTPUTF8 (RFC 6531) where the server offers it, and refused otherwise: the mail library would cut each character to its low byte, which
 * may well be the address of somebody else.
 */
class SmtpMailTransport implements MailTransport {

    private static final Logger log = LoggerFactory.getLogger(SmtpMailTransport.class);

    /** Not available; authentication needed; authentication failed. */
    private static final Set<Integer> ABOUT_THE_SERVICE = Set.of(421, 530, 535);

    /** The connection ended instead of an answer. */
    private static final int NO_ANSWER = -1;

    private static final String UTF_8_EXTENSION = "SMTPUTF8";

    private final JavaMailSenderImpl smtp;
    private final String protocol;

    SmtpMailTransport(JavaMailSenderImpl smtp) {
        this.smtp = smtp;
        this.protocol = smtp.getProtocol() == null ? JavaMailSenderImpl.DEFAULT_PROTOCOL : smtp.getProtocol();
        prepare(smtp.getJavaMailProperties(), "mail." + protocol + ".");
    }

    /** By default a silent server would be waited for for ever, and far longer than a mail is {@link MailOutbox#LEASE leased}. */
    private static void prepare(Properties properties, String prefix) {
        properties.putIfAbsent(prefix + "connectiontimeout", "5000");
        properties.putIfAbsent(prefix + "timeout", "7000");
        properties.putIfAbsent(prefix + "writetimeout", "7000");
        properties.putIfAbsent(prefix + "allow8bitmime", "true");
    }

    @Override
    public void deliver(OutboxEntry outboxEntry, MimeMessage message) throws MailNotDeliveredException {
        boolean needsUtf8 = needsUtf8(message);
        Transport transport = connect(needsUtf8);
        try {
            if (needsUtf8
                    && !(transport instanceof SMTPTransport server && server.supportsExtension(UTF_8_EXTENSION))) {
                throw MailNotDeliveredException.refused(new Utf8NotOfferedException());
            }
            transport.sendMessage(message, message.getAllRecipients());
        } catch (MessagingException | RuntimeException failure) {
            throw meaning(failure);
        } finally {
            close(transport);
        }
    }

    /** The server takes ASCII addresses only, and the address has other characters. */
    static final class Utf8NotOfferedException extends Exception {}

    private static boolean needsUtf8(MimeMessage message) throws MailNotDeliveredException {
        try {
            return Stream.concat(Stream.of(message.getFrom()), Stream.of(message.getAllRecipients()))
                    .anyMatch(SmtpMailTransport::isInternational);
        } catch (MessagingException unreadable) {
            throw MailNotDeliveredException.refused(unreadable);
        }
    }

    private static boolean isInternational(Address address) {
        return !(address instanceof InternetAddress known) || !MimeMessageFactory.isAscii(known.getAddress());
    }

    private Transport connect(boolean utf8) throws MailNotDeliveredException {
        String user = StringUtils.hasLength(smtp.getUsername()) ? smtp.getUsername() : null;
        String password = user == null && !StringUtils.hasLength(smtp.getPassword()) ? null : smtp.getPassword();
        try {
            Transport transport = session(utf8).getTransport(protocol);
            transport.connect(smtp.getHost(), smtp.getPort(), user, password);
            return transport;
        } catch (MessagingException | RuntimeException failure) {
            throw MailNotDeliveredException.unavailable(failure);
        }
    }

    /** Not for every mail: the next server on the way of one that says SMTPUTF8 has to offer it as well. */
    private Session session(boolean utf8) {
        if (!utf8) {
            return smtp.getSession();
        }
        Properties properties = new Properties();
        properties.putAll(smtp.getSession().getProperties());
        properties.setProperty(MimeMessageFactory.ALLOW_UTF_8, "true");
        return Session.getInstance(properties);
    }

    private static void close(Transport transport) {
        try {
            transport.close();
        } catch (MessagingException | RuntimeException e) {
            log.debug("A connection to the SMTP server ended badly", e);
        }
    }

    /** What nothing is known about counts against the message: a single mail must never look like an outage. */
    private static MailNotDeliveredException meaning(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case SMTPAddressFailedException address -> {
                    return meaning(address.getReturnCode(), failure);
                }
                case SMTPSendFailedException message -> {
                    boolean sender = message.getCommand().startsWith("MAIL FROM")
                            && !message.getCommand().contains(UTF_8_EXTENSION);
                    return sender
                            ? MailNotDeliveredException.unavailable(failure)
                            : meaning(message.getReturnCode(), failure);
                }
                case IOException connection -> {
                    return MailNotDeliveredException.brokenOff(failure);
                }
                default -> {}
            }
        }
        return MailNotDeliveredException.refused(failure);
    }

    private static MailNotDeliveredException meaning(int code, Throwable failure) {
        return code == NO_ANSWER || ABOUT_THE_SERVICE.contains(code)
                ? MailNotDeliveredException.brokenOff(failure)
                : MailNotDeliveredException.refused(failure);
    }

    @Override
    public String toString() {
        return "SMTP server " + smtp.getHost();
    }
}
