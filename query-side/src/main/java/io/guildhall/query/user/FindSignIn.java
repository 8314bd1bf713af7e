package io.guildhall.query.user;

/**
 * Finds the user of an e-mail address, for signing in. The caller normalizes the address. Answered by a
 * {@link SignInView} or null.
 */
public record FindSignIn(String emailHash) {}
