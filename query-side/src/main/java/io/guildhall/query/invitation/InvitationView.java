package io.guildhall.query.invitation;

import io.guildhall.query.account.PublicUserView;
import io.guildhall.query.organization.PublicOrganizationView;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** {@code OrganizationInvitation} of the published contract; EXPIRED is decided by the clock. */
public record InvitationView(
        String id,
        String email,
        String role,
        String status,
        Instant expiresAt,
        String organizationId,
        PublicOrganizationView organization,
        String inviteeId,
        @Nullable PublicUserView invitee,
        String inviterId,
        @Nullable PublicUserView inviter) {}
