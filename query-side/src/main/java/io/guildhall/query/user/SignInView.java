package io.guildhall.query.user;

import java.util.UUID;

/** What the check of a password needs; never sent to clients. */
public record SignInView(UUID user, UUID password, String encodedPassword, boolean emailValidated) {}
