package io.guildhall.infrastructure.eventstore;

import org.axonframework.common.IdentifierFactory;
import org.axonframework.eventhandling.GenericEventMessage;

/**
 * Generates time-ordered identifiers of Axon's messages; an event's id is that of its message. Found by Java's service
 * loader.
 */
public final class TimeOrderedIdentifierFactory extends IdentifierFactory {

    @Override
    public String generateIdentifier() {
        return TimeOrderedUuid.version7(GenericEventMessage.clock.instant()).toString();
    }
}
