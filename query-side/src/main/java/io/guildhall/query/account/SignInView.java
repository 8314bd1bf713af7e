package io.guildhall.query.account;

import java.util.UUID;

/** What checking a password needs; never leaves the server. */
public record SignInView(UUID account, UUID password, String encodedPassword, boolean emailValidated) {}
