package io.guildhall.infrastructure.eventstore;

import org.axonframework.common.IdentifierFactory;
import org.axonframework.eventhandling.GenericEventMessage;

/** Gives Axon's messages ids that sort by time. The id of an event is that of its message. Java's service loader finds this class. */
public final class TimeOrderedIdentifierFactory extends IdentifierFactory {

    @Override
    public String generateIdentifier() {
        return TimeOrderedUuid.version7(GenericEventMessage.clock.instant()).toString();
    }
}
