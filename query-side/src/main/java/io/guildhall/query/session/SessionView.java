package io.guildhall.query.session;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A sign-in with all its sessions and access tokens.
 *
 * @param createdAt when the user signed in
 * @param lastUsedAt with a delay of a few seconds
 * @param expiresAt the absolute end
 * @param address the network address of its newest session
 * @param client the kind of program, such as {@code Firefox on Linux}
 */
public record SessionView(
        String id,
        Instant createdAt,
        Instant lastUsedAt,
        Instant expiresAt,
        @Nullable String address,
        @Nullable String client) {}
