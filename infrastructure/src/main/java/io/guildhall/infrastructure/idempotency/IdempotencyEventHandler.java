package io.guildhall.infrastructure.idempotency;

import io.guildhall.infrastructure.eventstore.AppendResult;
import java.util.UUID;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.DisallowReplay;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.messaging.annotation.MetaDataValue;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/**
 * Records commands as done by the metadata of their events, since an Axon Server shares no transaction with the table
 * of keys.
 */
@Component
@ConditionalOnProperty(name = "axon.axonserver.enabled", havingValue = "true")
@ProcessingGroup(IdempotencyEventHandler.NAME)
@DisallowReplay
class IdempotencyEventHandler {

    static final String NAME = "idempotency";

    private final IdempotencyStore store;

    IdempotencyEventHandler(IdempotencyStore store) {
        this.store = store;
    }

    @EventHandler
    void on(Object event, @MetaDataValue(value = IdempotentExecution.KEY, required = true) String key) {
        store.recordDone(UUID.fromString(key), AppendResult.UNTOLD);
    }
}
