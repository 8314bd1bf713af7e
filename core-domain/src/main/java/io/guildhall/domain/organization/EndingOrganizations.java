package io.guildhall.domain.organization;

import io.guildhall.domain.account.Account;
import io.guildhall.domain.kernel.Lifetimes;
import io.guildhall.domain.kernel.PersonalData;
import java.util.UUID;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.messaging.MetaData;
import org.axonframework.modelling.command.Repository;

/** R21, R22: deactivating, reactivating, deleting; each long act in steps that can be taken again after a crash. */
public class EndingOrganizations {

    private final Organizations organizations;
    private final Repository<Account> accounts;
    private final Repository<NameClaim> names;
    private final PersonalData personalData;
    private final Lifetimes lifetimes;

    public EndingOrganizations(
            Organizations organizations,
            Repository<Account> accounts,
            Repository<NameClaim> names,
            PersonalData personalData,
            Lifetimes lifetimes) {
        this.organizations = organizations;
        this.accounts = accounts;
        this.names = names;
        this.personalData = personalData;
        this.lifetimes = lifetimes;
    }

    @CommandHandler
    void handle(RequestDeactivation command, MetaData metaData) {
        organizations.inActive(
                command.organization(),
                metaData,
                (organization, now) ->
                        organization.requestDeactivation(command.link(), now.plus(lifetimes.deactivation())));
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
        organizations.inAsOutsider(command.organization(), (organization, now) -> organization.completeDeactivation());
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
        organizations.inAsOutsider(command.organization(), (organization, now) -> {
            if (!organization.isDeleting()) {
                return;
            }
            UUID membership = organization.members().any();
            if (membership != null) {
                UUID account = organization.members().accountOf(membership);
                organization.members().end(command.organization(), membership, null);
                accounts.load(account.toString()).execute(it -> it.leave(command.organization()));
            } else {
                organization.completeDeletion();
                personalData.forget(command.organization(), null);
                names.load(NameClaim.streamOf(OrganizationName.of(organization.name())))
                        .execute(NameClaim::release);
            }
        });
    }

    @CommandHandler
    void handle(LockOrganization command) {
        organizations.inAsOutsider(
                command.organization(),
                (organization, now) -> organization.lock(personalData.seal(command.organization(), command.reason())));
    }

    @CommandHandler
    void handle(UnlockOrganization command) {
        organizations.inAsOutsider(command.organization(), (organization, now) -> organization.unlock());
    }
}
