package io.guildhall.query.user;

import java.util.UUID;

/** What checking a password needs; never leaves the server. */
public record SignInView(UUID user, UUID password, String encodedPassword, boolean emailValidated) {}
