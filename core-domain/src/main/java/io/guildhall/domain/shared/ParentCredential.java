package io.guildhall.domain.shared;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The credential with which another one is created (R17a: the new one has at most its organization, scopes and end, and
 * ends with it).
 *
 * @param organization the organization to which it is limited; null for an interactive session
 * @param token the API token; null if the credential is a session
 * @param session the session; for an API token the session with which it was created, or null
 * @param expiresAt null for never
 * @param scopes null for all
 */
public record ParentCredential(
        @Nullable UUID organization,
        @Nullable UUID token,
        @Nullable UUID session,
        @Nullable Instant expiresAt,
        @Nullable List<String> scopes) {

    public ParentCredential {
        if (token == null && session == null || token != null && organization == null) {
            throw new IllegalArgumentException("A credential is a session, or an API token of an organization");
        }
    }
}
