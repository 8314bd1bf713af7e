package io.guildhall.domain.user;

import io.guildhall.domain.user.UserEvent.EmailChangeConfirmed;
import io.guildhall.domain.user.UserEvent.EmailChangeRequested;
import java.time.Instant;
import java.util.UUID;

/** A pending change of the e-mail address. */
record EmailChange(
        String encryptedEmail,
        String emailHash,
        UUID link,
        Instant expiresAt,
        boolean confirmedByOldAddress,
        boolean confirmedByNewAddress) {

    static EmailChange of(EmailChangeRequested event) {
        return new EmailChange(
                event.encryptedEmail(),
                event.emailHash(),
                event.link(),
                event.expiresAt(),
                !event.oldAddressConfirms(),
                false);
    }

    EmailChange with(EmailChangeConfirmed event) {
        boolean byNew = event.by().equals(EmailChangeConfirmed.NEW_ADDRESS);
        return new EmailChange(
                encryptedEmail,
                emailHash,
                link,
                expiresAt,
                confirmedByOldAddress || !byNew,
                confirmedByNewAddress || byNew);
    }

    boolean isConfirmed() {
        return confirmedByOldAddress && confirmedByNewAddress;
    }
}
