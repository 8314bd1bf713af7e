package io.guildhall.query.user;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A user as that user sees it: {@code User} of the published contract.
 *
 * @param pendingEmail the address that replaces {@code email} once it is confirmed, an addition to the contract; null
 *     if there is none
 */
public record UserView(
        String id,
        String email,
        String name,
        String avatarUrl,
        boolean twoFactorAuthentication,
        @Nullable Instant lastLogin,
        @Nullable String lastLoginIp,
        Instant createdAt,
        Instant updatedAt,
        boolean newsletterSubscribed,
        String githubId,
        String githubUser,
        List<String> flags,
        boolean emailValidated,
        boolean trialed,
        @Nullable String pendingEmail) {}
