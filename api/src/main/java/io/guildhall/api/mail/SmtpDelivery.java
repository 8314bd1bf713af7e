package io.guildhall.api.mail;

import jakarta.mail.internet.MimeMessage;
import java.util.Properties;
import java.util.Set;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.springframework.mail.MailException;
import org.springframework.mail.MailSendException;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/** To the SMTP server of {@code spring.mail.*}. */
class SmtpDelivery implements Delivery {

    /** Not available; authentication needed; authentication failed. */
    private static final Set<Integer> ABOUT_THE_SERVICE = Set.of(421, 530, 535);

    private final JavaMailSender smtp;
    private final String destination;

    SmtpDelivery(JavaMailSender smtp) {
        this.smtp = smtp;
        if (smtp instanceof JavaMailSenderImpl sender) {
            prepare(sender.getJavaMailProperties(), "mail." + protocolOf(sender) + ".");
            destination = "SMTP server " + sender.getHost();
        } else {
            destination = "SMTP server";
        }
    }

    private static String protocolOf(JavaMailSenderImpl sender) {
        return sender.getProtocol() == null ? "smtp" : sender.getProtocol();
    }

    /** By default a silent server would be waited for for ever, and far longer than a mail is {@link Mails#LEASE leased}. */
    private static void prepare(Properties properties, String prefix) {
        properties.putIfAbsent(prefix + "connectiontimeout", "5000");
        properties.putIfAbsent(prefix + "timeout", "7000");
        properties.putIfAbsent(prefix + "writetimeout", "7000");
        properties.putIfAbsent(prefix + "allow8bitmime", "true");
    }

    @Override
    public void deliver(Mail mail, MimeMessage message) throws NotDelivered {
        try {
            smtp.send(message);
        } catch (MailSendException failure) {
            boolean refused = failure.getFailedMessages().values().stream().anyMatch(SmtpDelivery::isRefusal);
            throw refused ? NotDelivered.refused(failure) : NotDelivered.unavailable(failure);
        } catch (MailException failure) {
            throw NotDelivered.unavailable(failure);
        }
    }

    /** An answer to this message or its recipient. What the server says to the sender, or to anybody, is no refusal. */
    private static boolean isRefusal(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case SMTPAddressFailedException address -> {
                    return isRefusal(address.getReturnCode());
                }
                case SMTPSendFailedException message -> {
                    return !message.getCommand().startsWith("MAIL FROM") && isRefusal(message.getReturnCode());
                }
                default -> {}
            }
        }
        return false;
    }

    private static boolean isRefusal(int code) {
        return code >= 400 && !ABOUT_THE_SERVICE.contains(code);
    }

    @Override
    public String toString() {
        return destination;
    }
}
