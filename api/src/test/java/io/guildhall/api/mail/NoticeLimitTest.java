package io.guildhall.api.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.guildhall.api.ratelimit.ActionRateLimiter;
import io.guildhall.api.ratelimit.RateLimitedAction;
import io.guildhall.domain.shared.PersonalDataCipher;
import io.guildhall.infrastructure.outbox.mail.OutboxEntry;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NoticeLimitTest {

    private static final UUID ACME = UUID.randomUUID();

    private final ActionRateLimiter limiter = mock(ActionRateLimiter.class);
    private final PersonalDataCipher personalData = mock(PersonalDataCipher.class);
    private final NoticeLimit limit = new NoticeLimit(limiter, personalData);

    @BeforeEach
    void everythingIsWithinItsLimit() {
        when(personalData.emailHash("ada@example.com")).thenReturn("hash");
        when(limiter.tryCount(any())).thenReturn(true);
    }

    private void exhausted(RateLimitedAction.Use use) {
        when(limiter.tryCount(use)).thenReturn(false);
    }

    private boolean allows(MailKind kind, int attempts) {
        return limit.allows(
                new OutboxEntry(
                        UUID.randomUUID(),
                        kind.name(),
                        UUID.randomUUID(),
                        ACME,
                        "acme",
                        null,
                        null,
                        null,
                        Instant.EPOCH,
                        Instant.EPOCH,
                        attempts),
                "ada@example.com");
    }

    @Test
    void holdsTheNoticesOfOneKindToOneRecipient() {
        exhausted(RateLimitedAction.MAILS_PER_RECIPIENT.by("member-removed", "hash"));

        assertThat(allows(MailKind.MEMBER_REMOVED, 1)).isFalse();
        assertThat(allows(MailKind.ORGANIZATION_LOCKED, 1)).isTrue();
    }

    @Test
    void holdsTheNoticesAboutWebhooksOfOneOrganization() {
        exhausted(RateLimitedAction.WEBHOOK_NOTICES_PER_ORGANIZATION.by(ACME));

        assertThat(allows(MailKind.WEBHOOK_DISABLED, 1)).isFalse();
        assertThat(allows(MailKind.DEACTIVATION, 1)).isTrue();
    }

    @Test
    void countsNoMailTwiceAndNoneThatSomebodyAskedFor() {
        when(limiter.tryCount(any())).thenReturn(false);

        assertThat(allows(MailKind.WEBHOOK_DISABLED, 2)).isTrue();
        assertThat(allows(MailKind.PASSWORD_RESET, 1)).isTrue();
    }
}
