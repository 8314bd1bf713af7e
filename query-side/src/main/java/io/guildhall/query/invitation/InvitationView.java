package io.guildhall.query.invitation;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.guildhall.query.organization.PublicOrganizationView;
import io.guildhall.query.user.PublicUserView;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * {@code OrganizationInvitation} of the published contract. The status EXPIRED depends on the current time.
 *
 * @param inviter null, and serialized as null, if the inviter was erased
 */
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
        @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable PublicUserView inviter) {}
