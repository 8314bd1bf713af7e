package io.guildhall.domain.organization;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import io.guildhall.domain.organization.NameClaimEvent.NameClaimed;
import io.guildhall.domain.organization.NameClaimEvent.NameReleased;
import io.guildhall.domain.shared.DomainRejectionException;
import java.util.UUID;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.jspecify.annotations.Nullable;

/** Whose a name is: one stream per name, so that the store's own conflict check decides R4. The latest event says all. */
public class NameClaim {

    @AggregateIdentifier
    private String stream;

    private String name;
    private @Nullable UUID holder;

    NameClaim() {}

    static String streamOf(OrganizationName name) {
        return "name:" + name.value();
    }

    void claim(OrganizationName wanted, UUID organization) {
        if (holder != null && !holder.equals(organization)) {
            throw new DomainRejectionException(OrganizationRejections.NAME_TAKEN);
        }
        if (holder == null) {
            apply(new NameClaimed(wanted.value(), organization));
        }
    }

    void release() {
        if (holder != null) {
            apply(new NameReleased(name, holder));
        }
    }

    @EventSourcingHandler
    void on(NameClaimed event) {
        is(event.name(), event.organization());
    }

    @EventSourcingHandler
    void on(NameReleased event) {
        is(event.name(), null);
    }

    private void is(String claimed, @Nullable UUID organization) {
        stream = "name:" + claimed;
        name = claimed;
        holder = organization;
    }
}
