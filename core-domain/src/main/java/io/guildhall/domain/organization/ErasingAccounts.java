package io.guildhall.domain.organization;

import io.guildhall.domain.account.Account;
import io.guildhall.domain.account.EmailClaim;
import io.guildhall.domain.account.EraseAccount;
import io.guildhall.domain.kernel.Act;
import io.guildhall.domain.kernel.PersonalData;
import java.util.List;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.messaging.MetaData;
import org.axonframework.modelling.command.Aggregate;
import org.axonframework.modelling.command.Repository;

/**
 * R20: a person is forgotten. Memberships that still stand (an operator may erase at any time) stay, as those of an erased
 * person whom any member can remove; the person's tokens are deactivated and the sessions ended in the same act.
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
        command.organizations().stream()
                .sorted()
                .forEach(each -> organizations.inAsOutsider(
                        each,
                        (organization, now) ->
                                organization.tokens().deactivateThoseOf(each, command.account(), "ERASED")));
        Aggregate<Account> account = accounts.load(command.account().toString());
        List<String> former = account.invoke(Account::formerAddresses).stream()
                .sorted()
                .filter(this::isNobodys)
                .toList();
        String hash = account.invoke(it -> it.erase(command.organizations(), former, byOperator));
        if (hash != null) {
            claims.load(EmailClaim.streamOf(hash)).execute(EmailClaim::release);
            personalData.forget(command.account(), hash);
            former.forEach(each -> personalData.forget(command.account(), each));
        }
    }

    private boolean isNobodys(String emailHash) {
        return claims.load(EmailClaim.streamOf(emailHash)).invoke(EmailClaim::holder) == null;
    }
}
