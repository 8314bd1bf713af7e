package io.guildhall.domain.token.events;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Another name or description, encrypted as in {@link TokenIssued}. */
public record TokenDescribed(
        UUID organization,
        UUID token,
        @Nullable String sealedName,
        @Nullable String sealedDescription) implements TokenEvent {}
