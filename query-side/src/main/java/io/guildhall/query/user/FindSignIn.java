package io.guildhall.query.user;

/** Answered by a {@link SignInView}, null when nobody has this address. The address is normalized by the caller. */
public record FindSignIn(String emailHash) {}
