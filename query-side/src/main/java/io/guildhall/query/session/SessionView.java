package io.guildhall.query.session;

import java.time.Instant;

/**
 * A sign-in, with all the sessions and access tokens that came out of it.
 *
 * @param createdAt when the person signed in
 * @param lastUsedAt late by a few seconds
 * @param expiresAt the absolute end
 */
public record SessionView(String id, Instant createdAt, Instant lastUsedAt, Instant expiresAt) {}
