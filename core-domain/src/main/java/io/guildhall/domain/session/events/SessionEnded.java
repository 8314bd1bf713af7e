package io.guildhall.domain.session.events;

import java.util.UUID;

/** R3. {@code reason} is LOGOUT, REFRESH, PASSWORD or ERASED. */
public record SessionEnded(UUID account, UUID session, String reason) implements SessionEvent {}
