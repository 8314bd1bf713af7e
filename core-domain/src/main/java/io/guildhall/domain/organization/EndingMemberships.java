package io.guildhall.domain.organization;

import io.guildhall.domain.account.Account;
import io.guildhall.domain.kernel.Act;
import io.guildhall.domain.membership.EndMembership;
import java.util.UUID;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.messaging.MetaData;
import org.axonframework.modelling.command.Repository;

/**
 * R15 to R17: leaving and removing, with the tokens and webhooks in the same act. Also where the organization is deactivated; where it is
 * locked, too, somebody can leave, but nobody can be removed.
 */
public class EndingMemberships {

    private final Organizations organizations;
    private final Repository<Account> accounts;

    public EndingMemberships(Organizations organizations, Repository<Account> accounts) {
        this.organizations = organizations;
        this.accounts = accounts;
    }

    @CommandHandler
    void handle(EndMembership command, MetaData metaData) {
        Act act = Act.from(metaData);
        organizations.in(command.organization(), metaData, (organization, now) -> {
            organization.requireNotDeleted();
            if (organization.members().hasEnded(command.membership())) {
                return;
            }
            UUID account = organization.members().accountOf(command.membership());
            if (!account.equals(act.account())) {
                organization.requireUnlocked();
            }
            organization.members().requireAnother();
            organization.members().end(command.organization(), command.membership(), act.account());
            organization.tokens().deactivateThoseOf(command.organization(), account, "MEMBERSHIP_ENDED");
            organization.webhooks().disableThoseOf(command.organization(), account);
            accounts.load(account.toString()).execute(it -> it.leave(command.organization()));
        });
    }
}
