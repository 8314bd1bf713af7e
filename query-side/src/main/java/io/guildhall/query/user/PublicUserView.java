package io.guildhall.query.user;

/** A person, to others. An erased person has the name "Erased person" and an empty address. */
public record PublicUserView(
        String id, String email, String name, String avatarUrl, String githubId, String githubUser) {}
