package io.guildhall.domain.organization;

import io.guildhall.domain.invitation.Invitations;
import io.guildhall.domain.membership.Members;
import io.guildhall.domain.shared.AggregateSnapshot;
import io.guildhall.domain.token.Tokens;
import io.guildhall.domain.webhook.Webhooks;
import java.util.UUID;
import org.axonframework.serialization.Revision;
import org.jspecify.annotations.Nullable;

/**
 * The state of an {@link Organization}. Billing information, answers and webhooks are encrypted with the organization's
 * key.
 */
@Revision("1")
public record OrganizationSnapshot(
        UUID id,
        String name,
        String plan,
        int activityRetention,
        @Nullable String encryptedBilling,
        boolean billingComplete,
        @Nullable String encryptedAnswers,
        Lifecycle.State lifecycle,
        Members.State members,
        Invitations.State invitations,
        Tokens.State tokens,
        Webhooks.State webhooks)
        implements AggregateSnapshot {}
