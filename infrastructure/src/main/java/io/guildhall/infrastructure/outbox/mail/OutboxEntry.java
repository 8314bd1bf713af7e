package io.guildhall.infrastructure.outbox.mail;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A mail to be sent.
 *
 * @param kind one of {@link MailContents#kinds}
 * @param recipient the user, or the invitation of a mail that invites
 * @param organizationName as it was then, since a deleted organization has no name
 * @param actor the user whose act it was, if it was one's
 * @param triedSince the event, or when an operator last asked for it to be tried again
 * @param attempts how often it was tried, this time included
 */
public record OutboxEntry(
        UUID id,
        String kind,
        UUID recipient,
        @Nullable UUID organization,
        @Nullable String organizationName,
        @Nullable UUID actor,
        @Nullable UUID link,
        @Nullable Instant linkExpiresAt,
        Instant createdAt,
        Instant triedSince,
        int attempts) {}
