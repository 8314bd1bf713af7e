package io.guildhall.domain.organization;

import io.guildhall.domain.shared.ActorContext;
import io.guildhall.domain.shared.DomainRejectionException;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.axonframework.messaging.MetaData;
import org.axonframework.modelling.command.Aggregate;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.axonframework.modelling.command.Repository;

/** The way into an organization for every handler: loaded, and the actor checked against it as it is now. */
public class OrganizationLoader {

    private final Repository<Organization> repository;
    private final Clock clock;

    public OrganizationLoader(Repository<Organization> repository, Clock clock) {
        this.repository = repository;
        this.clock = clock;
    }

    /** For what needs an active organization. */
    void withActiveOrganization(UUID organization, MetaData metaData, BiConsumer<Organization, Instant> decision) {
        in(organization, metaData, (it, now) -> decision.accept(it.requireActive(), now));
    }

    /** For what can be done in whatever state the organization is. */
    void in(UUID organization, MetaData metaData, BiConsumer<Organization, Instant> decision) {
        Instant now = clock.instant();
        load(organization).execute(it -> decision.accept(it.requireActor(ActorContext.from(metaData), now), now));
    }

    /** For what somebody does who is no member yet, and for the system's own steps. */
    void withoutMembership(UUID organization, BiConsumer<Organization, Instant> decision) {
        Instant now = clock.instant();
        load(organization).execute(it -> decision.accept(it, now));
    }

    private Aggregate<Organization> load(UUID organization) {
        try {
            return repository.load(organization.toString());
        } catch (AggregateNotFoundException e) {
            throw new DomainRejectionException(OrganizationRejections.NO_SUCH_ORGANIZATION);
        }
    }
}
