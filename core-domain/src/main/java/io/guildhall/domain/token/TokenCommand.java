package io.guildhall.domain.token;

import io.guildhall.domain.shared.ParentCredential;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.axonframework.commandhandling.RoutingKey;
import org.jspecify.annotations.Nullable;

/** A command about an API token, handled by its organization. */
public sealed interface TokenCommand {

    UUID organization();

    /**
     * Issues an API token. Does nothing if it is already issued.
     *
     * @param user the creator
     * @param expiresAt null for never, or for the end of the parent
     * @param scopes the scopes to which it is limited; null for all
     * @param parent the credential with which it is created (R17a: the token ends with it); null for an interactive
     *     session, which it outlives
     */
    record IssueToken(
            @RoutingKey UUID organization,
            UUID token,
            UUID user,
            String type,
            String name,
            String description,
            String tokenHash,
            @Nullable Instant expiresAt,
            @Nullable List<String> scopes,
            @Nullable ParentCredential parent)
            implements TokenCommand {}

    /** Changes name and description; null leaves them unchanged. */
    record EditToken(
            @RoutingKey UUID organization,
            UUID token,
            @Nullable String name,
            @Nullable String description) implements TokenCommand {}

    /** Revokes an API token permanently. Does nothing if it is already revoked. */
    record RevokeToken(@RoutingKey UUID organization, UUID token) implements TokenCommand {}
}
