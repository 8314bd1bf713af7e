package io.guildhall.domain.organization;

import io.guildhall.domain.account.Account;
import io.guildhall.domain.account.EmailClaim;
import io.guildhall.domain.account.EraseAccount;
import io.guildhall.domain.kernel.Act;
import io.guildhall.domain.kernel.PersonalData;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.messaging.MetaData;
import org.axonframework.modelling.command.Aggregate;
import org.axonframework.modelling.command.Repository;

/**
 * Forgets a person (R20). The unanswered invitations to the person's address end in the same act. An operator may erase at any time: the
 * memberships end in the same act, and with them the tokens and sessions (R17). An organization that has nobody left is deleted;
 * that too begins in this act, and goes on as any deletion.
 */
public class ErasingAccounts {

    private final Organizations organizations;
    private final Repository<Account> accounts;
    private final Repository<EmailClaim> claims;
    private final PersonalData personalData;

    public ErasingAccounts(
            Organizations organizations,
            Repository<Account> accounts,
            Repository<EmailClaim> claims,
            PersonalData personalData) {
        this.organizations = organizations;
        this.accounts = accounts;
        this.claims = claims;
        this.personalData = personalData;
    }

    @CommandHandler
    void handle(EraseAccount command, MetaData metaData) {
        boolean byOperator = Act.from(metaData).type() == Act.Type.OPERATOR;
        List<UUID> left = byOperator ? command.organizations().stream().sorted().toList() : List.of();
        SortedSet<UUID> concerned = new TreeSet<>(left);
        command.invitations().forEach(invited -> concerned.add(invited.organization()));
        concerned.forEach(each -> organizations.inAsOutsider(each, (organization, now) -> {
            command.invitations().stream()
                    .filter(invited -> invited.organization().equals(each))
                    .forEach(invited -> organization.invitations().endErased(each, invited.invitation()));
            if (left.contains(each)) {
                end(organization, each, command.account());
            }
        }));
        Aggregate<Account> account = accounts.load(command.account().toString());
        account.execute(it -> left.forEach(it::leave));
        List<String> former = account.invoke(Account::formerAddresses).stream()
                .sorted()
                .filter(this::isNobodys)
                .toList();
        String hash = account.invoke(it -> it.erase(former));
        if (hash != null) {
            claims.load(EmailClaim.streamOf(hash)).execute(EmailClaim::release);
            personalData.forget(command.account(), hash);
            former.forEach(each -> personalData.forget(command.account(), each));
        }
    }

    private static void end(Organization organization, UUID id, UUID account) {
        UUID membership = organization.members().membershipOf(account);
        if (membership == null) {
            return;
        }
        organization.members().end(id, membership, null);
        organization.tokens().deactivateThoseOf(id, account, "ERASED");
        organization.webhooks().disableThoseOf(id, account);
        if (organization.members().count() == 0) {
            organization.abandon();
        }
    }

    private boolean isNobodys(String emailHash) {
        return claims.load(EmailClaim.streamOf(emailHash)).invoke(EmailClaim::holder) == null;
    }
}
