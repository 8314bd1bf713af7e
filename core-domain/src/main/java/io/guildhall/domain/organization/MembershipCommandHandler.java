package io.guildhall.domain.organization;

import io.guildhall.domain.membership.MembershipCommand.EndMembership;
import io.guildhall.domain.shared.ActorContext;
import io.guildhall.domain.user.User;
import java.util.UUID;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.messaging.MetaData;
import org.axonframework.modelling.command.Repository;

/**
 * R15 to R17: leaving and removing, with the tokens and webhooks in the same act. Also where the organization is deactivated; where it is
 * locked, too, somebody can leave, but nobody can be removed.
 */
public class MembershipCommandHandler {

    private final OrganizationLoader organizations;
    private final Repository<User> users;

    public MembershipCommandHandler(OrganizationLoader organizations, Repository<User> users) {
        this.organizations = organizations;
        this.users = users;
    }

    @CommandHandler
    void handle(EndMembership command, MetaData metaData) {
        ActorContext act = ActorContext.from(metaData);
        organizations.in(command.organization(), metaData, (organization, now) -> {
            organization.requireNotDeleted();
            if (organization.members().hasEnded(command.membership())) {
                return;
            }
            UUID user = organization.members().userOf(command.membership());
            if (!user.equals(act.user())) {
                organization.requireUnlocked();
            }
            organization.members().requireAnother();
            organization.members().end(command.organization(), command.membership(), act.user());
            organization.tokens().deactivateThoseOf(command.organization(), user, "MEMBERSHIP_ENDED");
            organization.webhooks().disableThoseOf(command.organization(), user);
            users.load(user.toString()).execute(it -> it.leave(command.organization()));
        });
    }
}
