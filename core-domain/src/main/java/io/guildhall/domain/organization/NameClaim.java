package io.guildhall.domain.organization;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import io.guildhall.domain.organization.NameClaimEvent.NameClaimed;
import io.guildhall.domain.organization.NameClaimEvent.NameReleased;
import io.guildhall.domain.shared.DomainRejectionException;
import java.util.UUID;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.jspecify.annotations.Nullable;

/**
 * The claim of an organization on its name. One stream per name, so that the event store's conflict check enforces
 * uniqueness (R4: names are unique over all organizations). The last event is the whole state.
 */
public class NameClaim {

    @AggregateIdentifier
    private String stream;

    private String name;
    private @Nullable UUID holder;

    NameClaim() {}

    static String streamOf(OrganizationName name) {
        return "name:" + name.value();
    }

    void claim(OrganizationName requested, UUID organization) {
        if (holder != null && !holder.equals(organization)) {
            throw new DomainRejectionException(OrganizationRejections.NAME_TAKEN);
        }
        if (holder == null) {
            apply(new NameClaimed(requested.value(), organization));
        }
    }

    void release() {
        if (holder != null) {
            apply(new NameReleased(name, holder));
        }
    }

    @EventSourcingHandler
    void on(NameClaimed event) {
        setHolder(event.name(), event.organization());
    }

    @EventSourcingHandler
    void on(NameReleased event) {
        setHolder(event.name(), null);
    }

    private void setHolder(String claimed, @Nullable UUID organization) {
        stream = "name:" + claimed;
        name = claimed;
        holder = organization;
    }
}
