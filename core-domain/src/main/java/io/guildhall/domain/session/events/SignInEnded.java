package io.guildhall.domain.session.events;

import java.util.UUID;

/** A sign-in ended, and with it all sessions and access tokens that came out of it. {@code reason} is LOGOUT, PASSWORD, VALIDATION or ERASED. */
public record SignInEnded(UUID account, UUID signIn, String reason) implements SessionEvent {}
