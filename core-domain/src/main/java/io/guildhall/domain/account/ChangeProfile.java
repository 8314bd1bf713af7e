package io.guildhall.domain.account;

import java.util.UUID;
import org.axonframework.commandhandling.RoutingKey;
import org.jspecify.annotations.Nullable;

/**
 * What is null stays as it is; all of it happens or none. Another e-mail address is only requested. A changed password ends all sessions
 * but {@code keepSession} (R3).
 *
 * @param recentlyAuthenticated whether the user has given the password lately; if not, the old e-mail address confirms a change, too
 */
public record ChangeProfile(
        @RoutingKey UUID account,
        @Nullable String name,
        @Nullable String email,
        UUID emailChangeLink,
        boolean recentlyAuthenticated,
        @Nullable Boolean newsletter,
        UUID password,
        @Nullable String encodedPassword,
        @Nullable UUID keepSession) {}
