package io.guildhall.api.mail;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * That somebody is to be told something.
 *
 * @param recipient the user, or of the kinds that invite the invitation
 * @param organizationName as it was then, since a deleted organization has no name
 * @param actor the user whose act it was, if it was one's
 * @param triedSince the event, or when an operator last asked for it to be tried again
 * @param attempts how often it was tried, this time included
 */
record OutboxEntry(
        UUID id,
        MailKind kind,
        UUID recipient,
        @Nullable UUID organization,
        @Nullable String organizationName,
        @Nullable UUID actor,
        @Nullable UUID link,
        @Nullable Instant linkExpiresAt,
        Instant createdAt,
        Instant triedSince,
        int attempts) {}
