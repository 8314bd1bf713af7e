package io.guildhall.domain.account;

import java.util.UUID;
import org.axonframework.commandhandling.RoutingKey;
import org.jspecify.annotations.Nullable;

/** What is null stays as it is; all of it happens or none. A changed password ends all sessions but {@code keepSession} (R3). */
public record ChangeProfile(
        @RoutingKey UUID account,
        @Nullable String name,
        @Nullable String email,
        UUID validationLink,
        @Nullable Boolean newsletter,
        UUID password,
        @Nullable String encodedPassword,
        @Nullable UUID keepSession) {}
