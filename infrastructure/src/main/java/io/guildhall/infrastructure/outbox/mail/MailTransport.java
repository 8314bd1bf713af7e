package io.guildhall.infrastructure.outbox.mail;

import jakarta.mail.internet.MimeMessage;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** Where mails leave to; as text, in words for people. */
public interface MailTransport {

    /** Returns when the mail is somebody else's to keep. */
    void deliver(OutboxEntry outboxEntry, MimeMessage message) throws MailNotDeliveredException;

    /** Deletes the delivered mails that are kept here and older than that. */
    default void forgetOlderThan(Instant moment) {}

    /**
     * Deletes delivered mails that are kept here.
     *
     * @param choice returns those of the given ids of mails that must be deleted
     */
    default void deleteFiles(UnaryOperator<Set<UUID>> choice) {}

    /** Why a mail is still ours. */
    final class MailNotDeliveredException extends Exception {

        private enum Reason {
            REFUSED,
            BROKEN_OFF,
            UNAVAILABLE
        }

        private final Reason reason;

        private MailNotDeliveredException(Reason reason, Throwable cause) {
            super(cause);
            this.reason = reason;
        }

        /** The failure is about this mail. Others may well be taken. An unknown failure is one of these. */
        static MailNotDeliveredException refused(Throwable cause) {
            return new MailNotDeliveredException(Reason.REFUSED, cause);
        }

        /** The server was reached and did not finish. This may be about the mail, or about every mail. */
        static MailNotDeliveredException brokenOff(Throwable cause) {
            return new MailNotDeliveredException(Reason.BROKEN_OFF, cause);
        }

        /** No mail would be taken now. */
        static MailNotDeliveredException unavailable(Throwable cause) {
            return new MailNotDeliveredException(Reason.UNAVAILABLE, cause);
        }

        boolean isRefused() {
            return reason == Reason.REFUSED;
        }

        boolean isBrokenOff() {
            return reason == Reason.BROKEN_OFF;
        }
    }
}
