package io.guildhall.infrastructure.outbox.mail;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How mails leave. Where the SMTP server is, if there is one, {@code spring.mail.*} says.
 *
 * @param from the sender of every mail
 * @param workers how many mails one process sends at a time
 * @param giveUpAfter how long a mail that the server keeps refusing is tried again; one that the server cannot be asked about
 *     waits for as long as it takes
 * @param remember how long it stays known that a mail was sent
 * @param keepFiles how long mails that were written to the home stay there; at most as long as {@code remember}
 */
@Validated
@ConfigurationProperties("guildhall.mail")
record MailProperties(
        @DefaultValue("Guildhall <no-reply@localhost>") @NotBlank String from,

        @DefaultValue("2") @Min(1) @Max(16) int workers,
        @DefaultValue("3d") @DurationMin(seconds = 1) Duration giveUpAfter,
        @DefaultValue("30d") @DurationMin(days = 1) Duration remember,
        @DefaultValue("7d") @DurationMin(minutes = 1) Duration keepFiles) {

    @AssertTrue(message = "must be one mail address in ASCII, such as: Guildhall <no-reply@example.org>") boolean isFromAnAddress() {
        try {
            InternetAddress[] senders = InternetAddress.parse(from, true);
            return senders.length == 1 && MimeMessageFactory.isAscii(senders[0].getAddress());
        } catch (AddressException e) {
            return false;
        }
    }

    /** The record of a mail says whom its file names, so that the file can be deleted when that person is erased. */
    @AssertTrue(message = "guildhall.mail.keep-files must not be longer than guildhall.mail.remember") boolean isFileKnown() {
        return keepFiles.compareTo(remember) <= 0;
    }

    InternetAddress sender() {
        try {
            return InternetAddress.parse(from, true)[0];
        } catch (AddressException e) {
            throw new IllegalStateException("guildhall.mail.from is no address", e);
        }
    }
}
