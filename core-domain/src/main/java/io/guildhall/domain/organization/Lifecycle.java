package io.guildhall.domain.organization;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import io.guildhall.domain.organization.OrganizationEvent.DeactivationCanceled;
import io.guildhall.domain.organization.OrganizationEvent.DeactivationRequested;
import io.guildhall.domain.organization.OrganizationEvent.DeactivationStarted;
import io.guildhall.domain.organization.OrganizationEvent.DeletionStarted;
import io.guildhall.domain.organization.OrganizationEvent.OrganizationCreated;
import io.guildhall.domain.organization.OrganizationEvent.OrganizationDeactivated;
import io.guildhall.domain.organization.OrganizationEvent.OrganizationDeleted;
import io.guildhall.domain.organization.OrganizationEvent.OrganizationLocked;
import io.guildhall.domain.organization.OrganizationEvent.OrganizationReactivated;
import io.guildhall.domain.organization.OrganizationEvent.OrganizationUnlocked;
import io.guildhall.domain.shared.DomainRejectionException;
import io.guildhall.domain.shared.PersonalDataCipher;
import java.time.Instant;
import java.util.UUID;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.jspecify.annotations.Nullable;

/** The lifecycle state of an organization (R21: deactivation; R22: deletion) and whether it is locked. */
class Lifecycle {

    enum Status {
        ACTIVE,
        DEACTIVATING,
        DEACTIVATED,
        DELETING,
        DELETED
    }

    private Status status = Status.ACTIVE;
    private boolean locked;
    private @Nullable UUID deactivationLink;
    private @Nullable Instant deactivationLinkExpires;

    boolean is(Status expected) {
        return status == expected;
    }

    boolean isUsable() {
        return status == Status.ACTIVE && !locked;
    }

    void requireActive() {
        requireNotDeleted();
        if (status != Status.ACTIVE) {
            throw new DomainRejectionException(OrganizationRejections.TOKEN_REJECTED);
        }
        requireUnlocked();
    }

    /** Rejects an organization that is deleted or being deleted. */
    void requireNotDeleted() {
        if (status == Status.DELETED || status == Status.DELETING) {
            throw new DomainRejectionException(OrganizationRejections.NO_SUCH_ORGANIZATION);
        }
    }

    void requireUnlocked() {
        if (locked) {
            throw new DomainRejectionException(OrganizationRejections.LOCKED);
        }
    }

    void requestDeactivation(UUID organization, UUID link, Instant expires) {
        if (status == Status.ACTIVE) {
            apply(new DeactivationRequested(organization, link, expires));
        }
    }

    void confirmDeactivation(UUID organization, UUID link, Instant now) {
        requireDeactivationLink(link, now);
        startDeactivation(organization);
    }

    void cancelDeactivation(UUID organization, UUID link, Instant now) {
        requireDeactivationLink(link, now);
        if (status != Status.ACTIVE) {
            throw new DomainRejectionException(OrganizationRejections.NOT_ACTIVE);
        }
        apply(new DeactivationCanceled(organization, link));
    }

    private void requireDeactivationLink(UUID link, Instant now) {
        if (!link.equals(deactivationLink)
                || deactivationLinkExpires == null
                || !now.isBefore(deactivationLinkExpires)) {
            throw new DomainRejectionException(OrganizationRejections.DEACTIVATION_LINK_NO_LONGER_VALID);
        }
    }

    void startDeactivation(UUID organization) {
        if (status == Status.DELETING || status == Status.DELETED) {
            throw new DomainRejectionException(OrganizationRejections.NOT_ACTIVE);
        }
        if (status == Status.ACTIVE) {
            requireUnlocked();
            apply(new DeactivationStarted(organization, "REQUESTED_BY_OWNER"));
        }
    }

    void startDeactivationWithoutMembers(UUID organization) {
        if (status == Status.ACTIVE) {
            apply(new DeactivationStarted(organization, "LAST_MEMBER_ERASED"));
        }
    }

    void completeDeactivation(UUID organization) {
        if (status == Status.DEACTIVATING) {
            apply(new OrganizationDeactivated(organization));
        }
    }

    void reactivate(UUID organization) {
        if (status == Status.DEACTIVATED) {
            requireUnlocked();
            apply(new OrganizationReactivated(organization));
        } else if (status != Status.ACTIVE) {
            throw new DomainRejectionException(OrganizationRejections.NOT_ACTIVE);
        }
    }

    /**
     * Starts a deletion (R22: only a deactivated organization can be deleted).
     *
     * @return whether this call started it
     */
    boolean startDeletion(UUID organization) {
        if (status == Status.DELETING) {
            return false;
        }
        if (status != Status.DEACTIVATED) {
            throw new DomainRejectionException(OrganizationRejections.NOT_DEACTIVATED);
        }
        requireUnlocked();
        return startDeletionWithoutMembers(organization);
    }

    /** @return whether this call started the deletion; false unless the organization is deactivated */
    boolean startDeletionWithoutMembers(UUID organization) {
        if (status != Status.DEACTIVATED) {
            return false;
        }
        apply(new DeletionStarted(organization));
        return true;
    }

    /** @return whether this call completed the deletion */
    boolean completeDeletion(UUID organization, String name) {
        if (status != Status.DELETING) {
            return false;
        }
        apply(new OrganizationDeleted(organization, name));
        return true;
    }

    void lock(UUID organization, String reason, PersonalDataCipher personalData) {
        if (!locked && status != Status.DELETED) {
            apply(new OrganizationLocked(organization, personalData.seal(organization, reason)));
        }
    }

    void unlock(UUID organization) {
        if (locked) {
            apply(new OrganizationUnlocked(organization));
        }
    }

    /** For snapshots. */
    record State(
            Status status,
            boolean locked,
            @Nullable UUID deactivationLink,
            @Nullable Instant deactivationLinkExpires) {}

    State state() {
        return new State(status, locked, deactivationLink, deactivationLinkExpires);
    }

    void restore(State state) {
        status = state.status();
        locked = state.locked();
        deactivationLink = state.deactivationLink();
        deactivationLinkExpires = state.deactivationLinkExpires();
    }

    @EventSourcingHandler
    void on(OrganizationCreated event) {
        status = Status.ACTIVE;
    }

    @EventSourcingHandler
    void on(DeactivationRequested event) {
        deactivationLink = event.link();
        deactivationLinkExpires = event.expiresAt();
    }

    @EventSourcingHandler
    void on(DeactivationCanceled event) {
        deactivationLink = null;
    }

    @EventSourcingHandler
    void on(DeactivationStarted event) {
        status = Status.DEACTIVATING;
    }

    @EventSourcingHandler
    void on(OrganizationDeactivated event) {
        status = Status.DEACTIVATED;
    }

    @EventSourcingHandler
    void on(OrganizationReactivated event) {
        status = Status.ACTIVE;
        deactivationLink = null;
    }

    @EventSourcingHandler
    void on(DeletionStarted event) {
        status = Status.DELETING;
    }

    @EventSourcingHandler
    void on(OrganizationDeleted event) {
        status = Status.DELETED;
    }

    @EventSourcingHandler
    void on(OrganizationLocked event) {
        locked = true;
    }

    @EventSourcingHandler
    void on(OrganizationUnlocked event) {
        locked = false;
    }
}
