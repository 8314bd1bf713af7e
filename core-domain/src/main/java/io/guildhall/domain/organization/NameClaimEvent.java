package io.guildhall.domain.organization;

import io.guildhall.domain.shared.DomainEvent;
import io.guildhall.domain.shared.EventType;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An event of a claim on an organization's name (R4: names are unique). */
public sealed interface NameClaimEvent extends DomainEvent {

    @Override
    default @Nullable UUID trail() {
        return null;
    }

    /** An organization claimed the name. */
    @EventType("organization_name.claimed")
    record NameClaimed(String name, UUID organization) implements NameClaimEvent {}

    /** The name is free again. */
    @EventType("organization_name.released")
    record NameReleased(String name, UUID organization) implements NameClaimEvent {}
}
