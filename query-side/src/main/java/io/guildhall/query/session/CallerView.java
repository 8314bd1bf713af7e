package io.guildhall.query.session;

import io.guildhall.query.organization.OrganizationView;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who calls with a token, as things stand now. Expired, ended and revoked tokens have no caller.
 *
 * @param kind SESSION, USER or ORGANIZATION
 * @param id the session or API token
 * @param user null for ORGANIZATION
 * @param organization the current one, or null
 * @param sessionToken the API token a session was made with
 * @param member the user (of an ORGANIZATION token: its maker) belongs to the organization, and the token is not deactivated
 * @param expiresAt {@link Instant#MAX} for never
 * @param scopes what alone the token is good for, null for everything
 * @param interactive whether it is a session that came out of a sign-in, which is bound to no organization
 * @param signIn the sign-in that the session or API token came out of and dies with, or null
 * @param authenticatedAt when the person gave a password for that sign-in, or null
 * @param parentSession the bound session that an API token was made with, or null
 * @param itself what is shown of the current organization
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
