package io.guildhall.domain.token;

import io.guildhall.domain.shared.DomainEvent;
import io.guildhall.domain.shared.EventType;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A fact of one API token; part of its organization's stream. */
public sealed interface TokenEvent extends DomainEvent {

    UUID organization();

    UUID token();

    /** The user who made the token. */
    UUID user();

    @Override
    default UUID trail() {
        return organization();
    }

    /**
     * A new API token (R18). Only the hash of the value is kept.
     *
     * @param type USER or ORGANIZATION
     * @param encryptedName personal data, because people write it: encrypted under the maker's key, as is the description
     * @param scopes what alone the token is good for; null when it is good for everything, as all were at first
     * @param parentToken the API token that it was made with, directly or through a session, and dies with; or null
     * @param parentSession the bound session that it was made with and dies with, or null
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

    /** Another name or description, encrypted under the key of {@code user}, who made the token. */
    @EventType("token.edited")
    record TokenEdited(
            UUID organization,
            UUID token,
            UUID user,
            @Nullable String encryptedName,
            @Nullable String encryptedDescription)
            implements TokenEvent {}

    /** R17: its maker's membership ended. {@code reason} is MEMBERSHIP_ENDED or ERASED. */
    @EventType("token.deactivated")
    record TokenDeactivated(UUID organization, UUID token, UUID user, String reason) implements TokenEvent {}

    /** R17: its maker joined again. */
    @EventType("token.reactivated")
    record TokenReactivated(UUID organization, UUID token, UUID user) implements TokenEvent {}

    /**
     * For good.
     *
     * @param reason REVOKED, PARENT_REVOKED (the token that made this one was revoked), DEACTIVATION, or LIMIT (the organization has as
     *     many tokens as it can, and this one no longer worked)
     */
    @EventType("token.revoked")
    record TokenRevoked(UUID organization, UUID token, UUID user, String reason) implements TokenEvent {}
}
