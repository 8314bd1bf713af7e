package io.guildhall.api.mail;

import jakarta.mail.internet.MimeMessage;

/** Where mails leave to; as text, in words for people. */
interface Delivery {

    /** Returns when the mail is somebody else's to keep. */
    void deliver(Mail mail, MimeMessage message) throws NotDelivered;

    /** Why a mail is still ours. */
    final class NotDelivered extends Exception {

        private final boolean refused;

        private NotDelivered(boolean refused, Throwable cause) {
            super(cause);
            this.refused = refused;
        }

        /** There is something about this one mail; others may well be taken. */
        static NotDelivered refused(Throwable cause) {
            return new NotDelivered(true, cause);
        }

        /** No mail would be taken now. */
        static NotDelivered unavailable(Throwable cause) {
            return new NotDelivered(false, cause);
        }

        boolean isRefused() {
            return refused;
        }
    }
}
