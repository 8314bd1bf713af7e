package io.guildhall.query.user;

/** A user as others see it. An erased user has the name "Erased person" and an empty address. */
public record PublicUserView(
        String id, String email, String name, String avatarUrl, String githubId, String githubUser) {}
