package io.guildhall.api.mail;

import io.guildhall.api.ratelimit.ActionRateLimiter;
import io.guildhall.api.ratelimit.RateLimitedAction;
import io.guildhall.domain.shared.PersonalDataCipher;
import io.guildhall.infrastructure.outbox.mail.OutboxEntry;
import org.springframework.stereotype.Component;

/**
 * Limits notices: mails that nobody asked for, per kind and recipient, and those about webhooks per organization as well. A mail that
 * somebody asks for is limited by the request, which is then refused.
 */
@Component
class NoticeLimit {

    private final ActionRateLimiter limiter;
    private final PersonalDataCipher personalData;

    NoticeLimit(ActionRateLimiter limiter, PersonalDataCipher personalData) {
        this.limiter = limiter;
        this.personalData = personalData;
    }

    /** Counts the mail, and says whether it may be sent. A mail that is tried again was counted before. */
    boolean allows(OutboxEntry outboxEntry, String address) {
        MailKind kind = MailKind.valueOf(outboxEntry.kind());
        return !kind.isNotice()
                || outboxEntry.attempts() > 1
                || limiter.tryCount(
                                RateLimitedAction.MAILS_PER_RECIPIENT.by(kind.slug(), personalData.emailHash(address)))
                        && allowsOrganization(kind, outboxEntry);
    }

    /** A member can cause notices to all members by enabling a webhook again whose receiver refuses every message. */
    private boolean allowsOrganization(MailKind kind, OutboxEntry outboxEntry) {
        return kind != MailKind.WEBHOOK_DISABLED
                || outboxEntry.organization() == null
                || limiter.tryCount(RateLimitedAction.WEBHOOK_NOTICES_PER_ORGANIZATION.by(outboxEntry.organization()));
    }
}
