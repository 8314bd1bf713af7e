package io.guildhall.domain.invitation.events;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** R11. The address is sealed under the invitation's key; {@code inviter} is null when an organization's token invited. */
public record MemberInvited(
        UUID organization,
        UUID invitation,
        String sealedEmail,
        String emailHash,
        @Nullable UUID inviter,
        UUID link,
        Instant expiresAt)
        implements InvitationEvent {}
