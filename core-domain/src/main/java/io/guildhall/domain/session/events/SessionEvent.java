package io.guildhall.domain.session.events;

import java.util.UUID;

/** A fact of one account's sessions; part of the account's stream. */
public sealed interface SessionEvent permits SessionStarted, SessionEnded, SignInEnded {

    UUID account();
}
