package io.guildhall.api.axonserver;

import io.guildhall.domain.account.events.AccountErased;
import io.guildhall.domain.account.events.FormerAddressForgotten;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/** R20: destroys the keys of who was erased, in the transaction that takes the event to the read models. */
@Component
@ConditionalOnProperty(name = "axon.axonserver.enabled", havingValue = "true")
@ProcessingGroup(ErasedKeys.NAME)
class ErasedKeys {

    static final String NAME = "erased-keys";

    private final LateForgetting keys;

    ErasedKeys(LateForgetting keys) {
        this.keys = keys;
    }

    @EventHandler
    void on(AccountErased event) {
        keys.forgetNow(event.account(), event.emailHash());
    }

    @EventHandler
    void on(FormerAddressForgotten event) {
        keys.forgetNow(event.account(), event.emailHash());
    }
}
