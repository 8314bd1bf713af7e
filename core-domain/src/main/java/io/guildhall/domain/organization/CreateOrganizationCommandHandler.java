package io.guildhall.domain.organization;

import io.guildhall.domain.organization.OrganizationCommand.CreateOrganization;
import io.guildhall.domain.plan.PlanCatalog;
import io.guildhall.domain.user.SupportContact;
import io.guildhall.domain.user.User;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.modelling.command.Repository;

/**
 * Creates an organization with its first member and claims its name, in one unit of work (R4: names are unique; R5: the
 * creator is the first member; R6: memberships per user are limited).
 */
public class CreateOrganizationCommandHandler {

    private final Repository<Organization> organizations;
    private final Repository<User> users;
    private final Repository<NameClaim> names;
    private final PlanCatalog plans;
    private final SupportContact contact;

    public CreateOrganizationCommandHandler(
            Repository<Organization> organizations,
            Repository<User> users,
            Repository<NameClaim> names,
            PlanCatalog plans,
            SupportContact contact) {
        this.organizations = organizations;
        this.users = users;
        this.names = names;
        this.plans = plans;
        this.contact = contact;
    }

    @CommandHandler
    void handle(CreateOrganization command) throws Exception {
        OrganizationName name = OrganizationName.of(command.name());
        organizations.newInstance(() -> Organization.create(command, name, plans.initial()));
        users.load(command.creator().toString()).execute(user -> {
            user.requirePresent().requireValidatedEmail();
            user.join(command.organization(), contact);
        });
        names.loadOrCreate(NameClaim.streamOf(name), NameClaim::new)
                .execute(claim -> claim.claim(name, command.organization()));
    }
}
