package io.guildhall.domain.token;

import io.guildhall.domain.shared.DomainEvent;
import io.guildhall.domain.shared.EventType;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An event of an API token, in its organization's stream. */
public sealed interface TokenEvent extends DomainEvent {

    UUID organization();

    UUID token();

    /** The creator of the token. */
    UUID user();

    @Override
    default UUID trail() {
        return organization();
    }

    /**
     * An API token was issued (R18: only a hash of its value is stored).
     *
     * @param type USER or ORGANIZATION
     * @param encryptedName encrypted with the creator's key, like the description: users write it, so it may contain
     *     personal data
     * @param scopes the scopes to which the token is limited; null for all
     * @param parentToken the API token with which it was created, directly or through a session, and with which it
     *     ends; or null
     * @param parentSession the bound session with which it was created and with which it ends, or null
     */
    @EventType("token.issued")
    record TokenIssued(
            UUID organization,
            UUID token,
            UUID user,
            String type,
            @Nullable String encryptedName,
            @Nullable String encryptedDescription,
            String tokenHash,
            @Nullable Instant expiresAt,
            @Nullable List<String> scopes,
            @Nullable UUID parentToken,
            @Nullable UUID parentSession)
            implements TokenEvent {}

    /** The name or description changed; encrypted with the key of {@code user}, the creator. */
    @EventType("token.edited")
    record TokenEdited(
            UUID organization,
            UUID token,
            UUID user,
            @Nullable String encryptedName,
            @Nullable String encryptedDescription)
            implements TokenEvent {}

    /**
     * The token was deactivated because its creator's membership ended (R17: it stays listed and no longer works).
     *
     * @param reason MEMBERSHIP_ENDED or ERASED
     */
    @EventType("token.deactivated")
    record TokenDeactivated(UUID organization, UUID token, UUID user, String reason) implements TokenEvent {}

    /** The token works again because its creator joined again (R17: joining reactivates tokens). */
    @EventType("token.reactivated")
    record TokenReactivated(UUID organization, UUID token, UUID user) implements TokenEvent {}

    /**
     * The token was revoked permanently.
     *
     * @param reason REVOKED, PARENT_REVOKED (the token with which this one was created was revoked), DEACTIVATION (of
     *     the organization), or LIMIT (the organization had the maximum number of tokens and this one no longer worked)
     */
    @EventType("token.revoked")
    record TokenRevoked(UUID organization, UUID token, UUID user, String reason) implements TokenEvent {}
}
