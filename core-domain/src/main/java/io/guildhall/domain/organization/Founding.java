package io.guildhall.domain.organization;

import io.guildhall.domain.account.Account;
import io.guildhall.domain.account.SupportContact;
import io.guildhall.domain.organization.events.OrganizationFounded;
import io.guildhall.domain.plan.Plans;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.modelling.command.Repository;

/** R4 to R6: an organization, its first member, its name, in one act. */
public class Founding {

    private final Repository<Organization> organizations;
    private final Repository<Account> accounts;
    private final Repository<NameClaim> names;
    private final Plans plans;
    private final SupportContact contact;

    public Founding(
            Repository<Organization> organizations,
            Repository<Account> accounts,
            Repository<NameClaim> names,
            Plans plans,
            SupportContact contact) {
        this.organizations = organizations;
        this.accounts = accounts;
        this.names = names;
        this.plans = plans;
        this.contact = contact;
    }

    @CommandHandler
    void handle(FoundOrganization command) throws Exception {
        OrganizationName name = OrganizationName.of(command.name());
        organizations
                .newInstance(() -> Organization.found(new OrganizationFounded(
                        command.organization(), name.value(), plans.initial(), command.founder())))
                .execute(it -> it.members().join(command.organization(), command.membership(), command.founder()));
        accounts.load(command.founder().toString()).execute(account -> {
            account.requirePresent().requireValidatedEmail();
            account.join(command.organization(), contact);
        });
        names.loadOrCreate(NameClaim.streamOf(name), NameClaim::new)
                .execute(claim -> claim.claim(name, command.organization()));
    }
}
