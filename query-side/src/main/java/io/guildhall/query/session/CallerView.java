package io.guildhall.query.session;

import io.guildhall.query.organization.OrganizationView;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The current caller of a token. Expired, ended and revoked tokens have no caller.
 *
 * @param kind SESSION, USER or ORGANIZATION
 * @param id of the session or API token
 * @param user null for ORGANIZATION
 * @param organization the current organization, or null
 * @param sessionToken the API token with which a session was created, or null
 * @param member whether the user (for ORGANIZATION: the token's creator) belongs to the organization and the token is
 *     not deactivated
 * @param expiresAt {@link Instant#MAX} for never
 * @param scopes what the token is limited to; null for no limit
 * @param interactive whether it is a session from a sign-in, which is not bound to an organization
 * @param signIn the sign-in from which the session or API token derives and with which it ends, or null
 * @param authenticatedAt when the user entered a password for that sign-in, or null
 * @param parentSession the bound session with which an API token was issued, or null
 * @param itself the current organization as shown to members, or null
 */
public record CallerView(
        String kind,
        UUID id,
        @Nullable UUID user,
        @Nullable UUID organization,
        @Nullable UUID sessionToken,
        boolean member,
        @Nullable String organizationStatus,
        boolean locked,
        Instant expiresAt,
        @Nullable List<String> scopes,
        boolean interactive,
        @Nullable UUID signIn,
        @Nullable Instant authenticatedAt,
        @Nullable UUID parentSession,
        @Nullable OrganizationView itself) {}
