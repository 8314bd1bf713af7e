package io.guildhall.api.mail;

import jakarta.mail.internet.MimeMessage;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** Where mails leave to; as text, in words for people. */
interface Delivery {

    /** Returns when the mail is somebody else's to keep. */
    void deliver(Mail mail, MimeMessage message) throws NotDelivered;

    /** Deletes the delivered mails that are kept here and older than that. */
    default void forgetOlderThan(Instant moment) {}

    /**
     * Deletes delivered mails that are kept here.
     *
     * @param choice returns those of the given ids of mails that must be deleted
     */
    default void deleteFiles(UnaryOperator<Set<UUID>> choice) {}

    /** Why a mail is still ours. */
    final class NotDelivered extends Exception {

        private enum Reason {
            REFUSED,
            BROKEN_OFF,
            UNAVAILABLE
        }

        private final Reason reason;

        private NotDelivered(Reason reason, Throwable cause) {
            super(cause);
            this.reason = reason;
        }

        /** The failure is about this mail. Others may well be taken. An unknown failure is one of these. */
        static NotDelivered refused(Throwable cause) {
            return new NotDelivered(Reason.REFUSED, cause);
        }

        /** The server was reached and did not finish. This may be about the mail, or about every mail. */
        static NotDelivered brokenOff(Throwable cause) {
            return new NotDelivered(Reason.BROKEN_OFF, cause);
        }

        /** No mail would be taken now. */
        static NotDelivered unavailable(Throwable cause) {
            return new NotDelivered(Reason.UNAVAILABLE, cause);
        }

        boolean isRefused() {
            return reason == Reason.REFUSED;
        }

        boolean isBrokenOff() {
            return reason == Reason.BROKEN_OFF;
        }
    }
}
