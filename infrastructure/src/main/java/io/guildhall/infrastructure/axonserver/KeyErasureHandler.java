package io.guildhall.infrastructure.axonserver;

import io.guildhall.domain.organization.OrganizationEvent.OrganizationDeleted;
import io.guildhall.domain.user.UserEvent.FormerEmailErased;
import io.guildhall.domain.user.UserEvent.UserErased;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/**
 * Destroys the keys of erased users and deleted organizations, in the transaction that projects the event (R20: erasing
 * a person destroys the key).
 */
@Component
@ConditionalOnProperty(name = "axon.axonserver.enabled", havingValue = "true")
@ProcessingGroup(KeyErasureHandler.NAME)
class KeyErasureHandler {

    static final String NAME = "erased-keys";

    private final DeferredKeyErasure keys;

    KeyErasureHandler(DeferredKeyErasure keys) {
        this.keys = keys;
    }

    @EventHandler
    void on(UserErased event) {
        keys.forgetNow(event.user(), event.emailHash());
    }

    @EventHandler
    void on(OrganizationDeleted event) {
        keys.forgetNow(event.organization(), null);
    }

    @EventHandler
    void on(FormerEmailErased event) {
        keys.forgetNow(event.user(), event.emailHash());
    }

    /** Whether this handler destroys keys for an event. */
    static boolean destroysKeys(Object event) {
        return event instanceof UserErased
                || event instanceof OrganizationDeleted
                || event instanceof FormerEmailErased;
    }
}
