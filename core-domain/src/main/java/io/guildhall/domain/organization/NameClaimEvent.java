package io.guildhall.domain.organization;

import io.guildhall.domain.shared.DomainEvent;
import io.guildhall.domain.shared.EventType;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A fact of the set of names in use; decides R4 at the append. */
public sealed interface NameClaimEvent extends DomainEvent {

    @Override
    default @Nullable UUID trail() {
        return null;
    }

    /** R4: the name is this organization's. */
    @EventType("organization_name.claimed")
    record NameClaimed(String name, UUID organization) implements NameClaimEvent {}

    /** R4: the name is free. */
    @EventType("organization_name.released")
    record NameReleased(String name, UUID organization) implements NameClaimEvent {}
}
