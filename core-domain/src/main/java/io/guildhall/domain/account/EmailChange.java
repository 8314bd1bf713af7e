package io.guildhall.domain.account;

import io.guildhall.domain.account.events.EmailChangeConfirmed;
import io.guildhall.domain.account.events.EmailChangeRequested;
import java.time.Instant;
import java.util.UUID;

/** A change of the e-mail address that waits for confirmations. */
record EmailChange(
        String sealedEmail,
        String emailHash,
        UUID link,
        Instant expiresAt,
        boolean confirmedByOldAddress,
        boolean confirmedByNewAddress) {

    static EmailChange of(EmailChangeRequested event) {
        return new EmailChange(
                event.sealedEmail(),
                event.emailHash(),
                event.link(),
                event.expiresAt(),
                !event.oldAddressConfirms(),
                false);
    }

    EmailChange with(EmailChangeConfirmed event) {
        boolean byNew = event.by().equals(EmailChangeConfirmed.NEW_ADDRESS);
        return new EmailChange(
                sealedEmail,
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
