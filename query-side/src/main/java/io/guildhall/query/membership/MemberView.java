package io.guildhall.query.membership;

import io.guildhall.query.organization.PublicOrganizationView;
import io.guildhall.query.user.PublicUserView;
import java.time.Instant;

/** {@code OrganizationMember} of the published contract. The role is OWNER. */
public record MemberView(
        String id,
        String organizationId,
        String userId,
        String externalId,
        Instant joinedAt,
        String role,
        String status,
        PublicUserView user,
        PublicOrganizationView organization) {}
