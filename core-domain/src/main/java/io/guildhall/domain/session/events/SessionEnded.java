package io.guildhall.domain.session.events;

import java.util.UUID;

/** One session ended; the sign-in that it came out of may go on. {@code reason} is LOGOUT, REFRESH, PASSWORD, VALIDATION or ERASED. */
public record SessionEnded(UUID account, UUID session, String reason) implements SessionEvent {}
