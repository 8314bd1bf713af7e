package io.guildhall.query.session;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A sign-in, with all the sessions and access tokens that came out of it.
 *
 * @param createdAt when the person signed in
 * @param lastUsedAt late by a few seconds
 * @param expiresAt the absolute end
 * @param address the network address that its newest session was started from
 * @param client the kind of program that started it, such as {@code Firefox on Linux}
 */
public record SessionView(
        String id,
        Instant createdAt,
        Instant lastUsedAt,
        Instant expiresAt,
        @Nullable String address,
        @Nullable String client) {}
