package io.guildhall.domain.account.events;

import java.util.UUID;

/** R1, R3. The encoded password is sealed; {@code password} is what a sign-in refers to, so that an old one cannot win a race. */
public record PasswordSet(UUID account, UUID password, String sealedEncodedPassword, String reason)
        implements AccountEvent {}
