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

/** Loads an organization for a command handler and checks the actor against its current state. */
public class OrganizationLoader {

    private final Repository<Organization> repository;
    private final Clock clock;

    public OrganizationLoader(Repository<Organization> repository, Clock clock) {
        this.repository = repository;
        this.clock = clock;
    }

    /** Runs a decision of a member on an active organization. */
    void withActiveOrganization(UUID organization, MetaData metaData, BiConsumer<Organization, Instant> decision) {
        in(organization, metaData, (it, now) -> decision.accept(it.requireActive(), now));
    }

    /** Runs a decision of a member on an organization in any state. */
    void in(UUID organization, MetaData metaData, BiConsumer<Organization, Instant> decision) {
        Instant now = clock.instant();
        load(organization).execute(it -> decision.accept(it.requireActor(ActorContext.from(metaData), now), now));
    }

    /** Runs a decision without checking membership: for invited users and for the system. */
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
