package io.guildhall.domain.organization;

import java.util.UUID;

/** A fact of the set of names in use; decides R4 at the append. */
public sealed interface NameClaimEvent {
    /** R4: the name is this organization's. */
    record NameClaimed(String name, UUID organization) implements NameClaimEvent {}

    /** R4: the name is free. */
    record NameReleased(String name, UUID organization) implements NameClaimEvent {}
}
