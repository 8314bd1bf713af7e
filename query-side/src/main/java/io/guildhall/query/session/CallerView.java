package io.guildhall.query.session;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Who calls with a token, as things stand now. {@code kind} is SESSION, USER or ORGANIZATION; {@code account} is null for ORGANIZATION; {@code organization} is the current one or null; {@code member}: the account (of an ORGANIZATION token: its maker) belongs to the organization and the token is not deactivated; {@code id} is the session or token; {@code via} the API token a session was made with. Expired, ended and revoked tokens have no caller; one that never expires has {@link Instant#MAX}; {@code scopes} is what alone the token is good for, null for everything. */
public record CallerView(
        String kind,
        UUID id,
        @Nullable UUID account,
        @Nullable UUID organization,
        @Nullable UUID via,
        boolean member,
        @Nullable String organizationStatus,
        boolean locked,
        Instant expiresAt,
        @Nullable List<String> scopes) {}
