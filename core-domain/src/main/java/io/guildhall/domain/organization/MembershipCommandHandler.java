package io.guildhall.domain.organization;

import io.guildhall.domain.membership.MembershipCommand.LeaveOrganization;
import io.guildhall.domain.membership.MembershipCommand.RemoveMember;
import io.guildhall.domain.shared.ActorContext;
import io.guildhall.domain.user.User;
import java.util.UUID;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.messaging.MetaData;
import org.axonframework.modelling.command.Repository;

/** Removes members and lets members leave. Updates organization and user in one unit of work. */
public class MembershipCommandHandler {

    private final OrganizationLoader organizations;
    private final Repository<User> users;

    public MembershipCommandHandler(OrganizationLoader organizations, Repository<User> users) {
        this.organizations = organizations;
        this.users = users;
    }

    @CommandHandler
    void handle(RemoveMember command, MetaData metaData) {
        organizations.in(
                command.organization(),
                metaData,
                (organization, now) -> organization
                        .removeMember(command.membership())
                        .ifPresent(user -> leave(user, command.organization())));
    }

    @CommandHandler
    void handle(LeaveOrganization command, MetaData metaData) {
        UUID actor = ActorContext.from(metaData).user();
        organizations.in(
                command.organization(),
                metaData,
                (organization, now) -> organization
                        .leave(command.membership(), actor)
                        .ifPresent(user -> leave(user, command.organization())));
    }

    private void leave(UUID user, UUID organization) {
        users.load(user.toString()).execute(it -> it.leave(organization));
    }
}
