package io.guildhall.domain.user;

import java.util.UUID;

/** A fact of the set of addresses in use; decides R1 at the append. */
public sealed interface EmailClaimEvent {
    /** R1: the address with this keyed hash is this user's. */
    record EmailClaimed(String emailHash, UUID user) implements EmailClaimEvent {}

    /** R1: the address is free. */
    record EmailReleased(String emailHash, UUID user) implements EmailClaimEvent {}
}
