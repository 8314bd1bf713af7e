package io.guildhall.api.session;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@code LoginReply} of the published contract: the one time that a session's token is shown. */
public record SessionResponse(Token token) {

    /** {@code id} is the bearer token itself. */
    public record Token(String id, String userId, String organizationId, Instant expiresAt) {}

    static SessionResponse of(String value, UUID user, @Nullable UUID organization, Instant expiresAt) {
        return new SessionResponse(
                new Token(value, user.toString(), organization == null ? "" : organization.toString(), expiresAt));
    }
}
