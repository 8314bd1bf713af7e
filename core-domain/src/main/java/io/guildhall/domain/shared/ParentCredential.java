package io.guildhall.domain.shared;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The credential that another one is made with. The new one has at most its organization, scopes and end, and dies with it (R17a).
 *
 * @param organization the only organization that it is good for; null for an interactive session, which is bound to none
 * @param token the API token itself; null where the credential is a session
 * @param session the session itself; for an API token the session that it was made with, or null
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
