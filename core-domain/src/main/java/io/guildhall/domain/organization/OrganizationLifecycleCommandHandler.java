package io.guildhall.domain.organization;

import io.guildhall.domain.organization.OrganizationCommand.CancelDeactivation;
import io.guildhall.domain.organization.OrganizationCommand.CompleteDeactivation;
import io.guildhall.domain.organization.OrganizationCommand.CompleteDeletion;
import io.guildhall.domain.organization.OrganizationCommand.ConfirmDeactivation;
import io.guildhall.domain.organization.OrganizationCommand.DeactivateOrganization;
import io.guildhall.domain.organization.OrganizationCommand.DeleteOrganization;
import io.guildhall.domain.organization.OrganizationCommand.LockOrganization;
import io.guildhall.domain.organization.OrganizationCommand.ReactivateOrganization;
import io.guildhall.domain.organization.OrganizationCommand.RequestDeactivation;
import io.guildhall.domain.organization.OrganizationCommand.UnlockOrganization;
import io.guildhall.domain.shared.ExpirationPolicy;
import io.guildhall.domain.shared.PersonalDataCipher;
import io.guildhall.domain.user.User;
import java.util.Optional;
import java.util.UUID;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.messaging.MetaData;
import org.axonframework.modelling.command.Repository;

/**
 * Handles deactivation, reactivation, deletion and locking. Deactivation and deletion run in steps that can be repeated
 * after a crash.
 */
public class OrganizationLifecycleCommandHandler {

    private final OrganizationLoader organizations;
    private final Repository<User> users;
    private final Repository<NameClaim> names;
    private final PersonalDataCipher personalData;
    private final ExpirationPolicy expirationPolicy;

    public OrganizationLifecycleCommandHandler(
            OrganizationLoader organizations,
            Repository<User> users,
            Repository<NameClaim> names,
            PersonalDataCipher personalData,
            ExpirationPolicy expirationPolicy) {
        this.organizations = organizations;
        this.users = users;
        this.names = names;
        this.personalData = personalData;
        this.expirationPolicy = expirationPolicy;
    }

    @CommandHandler
    void handle(RequestDeactivation command, MetaData metaData) {
        organizations.withActiveOrganization(
                command.organization(),
                metaData,
                (organization, now) ->
                        organization.requestDeactivation(command.link(), now.plus(expirationPolicy.deactivation())));
    }

    @CommandHandler
    void handle(ConfirmDeactivation command, MetaData metaData) {
        organizations.in(
                command.organization(),
                metaData,
                (organization, now) -> organization.confirmDeactivation(command.link(), now));
    }

    @CommandHandler
    void handle(CancelDeactivation command, MetaData metaData) {
        organizations.in(
                command.organization(),
                metaData,
                (organization, now) -> organization.cancelDeactivation(command.link(), now));
    }

    @CommandHandler
    void handle(DeactivateOrganization command, MetaData metaData) {
        organizations.in(command.organization(), metaData, (organization, now) -> organization.startDeactivation());
    }

    @CommandHandler
    void handle(CompleteDeactivation command) {
        organizations.withoutMembership(
                command.organization(), (organization, now) -> organization.completeDeactivation());
    }

    @CommandHandler
    void handle(ReactivateOrganization command, MetaData metaData) {
        organizations.in(command.organization(), metaData, (organization, now) -> organization.reactivate());
    }

    @CommandHandler
    void handle(DeleteOrganization command, MetaData metaData) {
        organizations.in(command.organization(), metaData, (organization, now) -> organization.startDeletion());
    }

    @CommandHandler
    void handle(CompleteDeletion command) {
        organizations.withoutMembership(command.organization(), (organization, now) -> {
            Optional<UUID> former = organization.removeNextMember();
            if (former.isPresent()) {
                users.load(former.get().toString()).execute(it -> it.leave(command.organization()));
            } else if (organization.completeDeletion()) {
                personalData.forget(command.organization(), null);
                names.load(NameClaim.streamOf(OrganizationName.of(organization.name())))
                        .execute(NameClaim::release);
            }
        });
    }

    @CommandHandler
    void handle(LockOrganization command) {
        organizations.withoutMembership(
                command.organization(), (organization, now) -> organization.lock(command.reason(), personalData));
    }

    @CommandHandler
    void handle(UnlockOrganization command) {
        organizations.withoutMembership(command.organization(), (organization, now) -> organization.unlock());
    }
}
