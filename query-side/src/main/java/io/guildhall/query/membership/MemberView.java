package io.guildhall.query.membership;

import io.guildhall.query.organization.PublicOrganizationView;
import io.guildhall.query.user.PublicUserView;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;

/** {@code OrganizationMember} of the published contract. The role is OWNER, the status ACTIVE or DELETED. */
public record MemberView(
        String id,
        String organizationId,
        String userId,
        String externalId,
        Instant joinedAt,
        String role,
        String status,
        PublicUserView user,
        PublicOrganizationView organization) {

    /** The columns that {@link #read} needs, of the table {@code members} joined as {@code m}; those of the organization not included. */
    static final String COLUMNS = "m.membership, m.joined, m.ended";

    static MemberView read(ResultSet row, String status, PublicUserView user) throws SQLException {
        PublicOrganizationView organization = PublicOrganizationView.read(row);
        return new MemberView(
                row.getString("membership"),
                organization.id(),
                user.id(),
                "",
                row.getObject("joined", OffsetDateTime.class).toInstant(),
                "OWNER",
                status,
                user,
                organization);
    }
}
