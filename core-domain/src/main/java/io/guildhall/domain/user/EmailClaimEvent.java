package io.guildhall.domain.user;

import io.guildhall.domain.shared.DomainEvent;
import io.guildhall.domain.shared.EventType;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An event of a claim on an e-mail address (R1: one user per e-mail). */
public sealed interface EmailClaimEvent extends DomainEvent {

    @Override
    default @Nullable UUID trail() {
        return null;
    }

    /** A user claimed the address with this keyed hash. */
    @EventType("email.claimed")
    record EmailClaimed(String emailHash, UUID user) implements EmailClaimEvent {}

    /** The address is free again. */
    @EventType("email.released")
    record EmailReleased(String emailHash, UUID user) implements EmailClaimEvent {}
}
