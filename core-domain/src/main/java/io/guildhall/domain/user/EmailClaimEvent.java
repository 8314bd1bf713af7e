package io.guildhall.domain.user;

import io.guildhall.domain.shared.DomainEvent;
import io.guildhall.domain.shared.EventType;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A fact of the set of addresses in use; decides R1 at the append. */
public sealed interface EmailClaimEvent extends DomainEvent {

    @Override
    default @Nullable UUID trail() {
        return null;
    }

    /** R1: the address with this keyed hash is this user's. */
    @EventType("email.claimed")
    record EmailClaimed(String emailHash, UUID user) implements EmailClaimEvent {}

    /** R1: the address is free. */
    @EventType("email.released")
    record EmailReleased(String emailHash, UUID user) implements EmailClaimEvent {}
}
