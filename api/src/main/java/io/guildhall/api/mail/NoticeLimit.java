package io.guildhall.api.mail;

import io.guildhall.api.throttle.Throttle;
import io.guildhall.api.throttle.Throttled;
import io.guildhall.domain.shared.PersonalDataCipher;
import org.springframework.stereotype.Component;

/**
 * Limits the mails that nobody asked for, per kind and recipient. A mail that somebody asks for is limited when it is asked for, with
 * an answer that says so.
 */
@Component
class NoticeLimit {

    private final Throttle throttle;
    private final PersonalDataCipher personalData;

    NoticeLimit(Throttle throttle, PersonalDataCipher personalData) {
        this.throttle = throttle;
        this.personalData = personalData;
    }

    /** Counts the mail, and says whether it may be sent. A mail that is tried again was counted before. */
    boolean allows(Mail mail, String address) {
        return !mail.kind().isNotice()
                || mail.attempts() > 1
                || throttle.tryCount(
                        Throttled.MAILS_PER_RECIPIENT.by(mail.kind().slug(), personalData.emailHash(address)));
    }
}
