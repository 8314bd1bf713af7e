package io.guildhall.domain.token;

import io.guildhall.domain.shared.ParentCredential;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.axonframework.commandhandling.RoutingKey;
import org.jspecify.annotations.Nullable;

/** A command about an API token. The organization decides. */
public sealed interface TokenCommand {

    UUID organization();

    /**
     * Issues an API token (R18). Changes nothing when it is issued already.
     *
     * @param user the person who makes it
     * @param expiresAt null for never, or for as long as the parent lasts
     * @param scopes the only scopes that it is to have; null for all
     * @param parent the credential that it is made with; null for an interactive session, which it outlives (R17a)
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

    /** What is null stays. */
    record EditToken(
            @RoutingKey UUID organization,
            UUID token,
            @Nullable String name,
            @Nullable String description) implements TokenCommand {}

    /** Ends an API token for good (R18). Changes nothing when it is revoked already. */
    record RevokeToken(@RoutingKey UUID organization, UUID token) implements TokenCommand {}
}
