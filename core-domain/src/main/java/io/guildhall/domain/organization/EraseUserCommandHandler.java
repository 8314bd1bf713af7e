package io.guildhall.domain.organization;

import io.guildhall.domain.shared.ActorContext;
import io.guildhall.domain.shared.PersonalDataCipher;
import io.guildhall.domain.user.EmailClaim;
import io.guildhall.domain.user.User;
import io.guildhall.domain.user.UserCommand.EraseUser;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.messaging.MetaData;
import org.axonframework.modelling.command.Aggregate;
import org.axonframework.modelling.command.Repository;

/**
 * Erases a user (R20: erasing destroys the key). Unanswered invitations to the user's address end in the same unit of
 * work. If an operator erases the user, the memberships end in it, too, with their tokens and sessions (R17), and
 * deletion starts for an organization without members.
 */
public class EraseUserCommandHandler {

    private final OrganizationLoader organizations;
    private final Repository<User> users;
    private final Repository<EmailClaim> claims;
    private final PersonalDataCipher personalData;

    public EraseUserCommandHandler(
            OrganizationLoader organizations,
            Repository<User> users,
            Repository<EmailClaim> claims,
            PersonalDataCipher personalData) {
        this.organizations = organizations;
        this.users = users;
        this.claims = claims;
        this.personalData = personalData;
    }

    @CommandHandler
    void handle(EraseUser command, MetaData metaData) {
        boolean byOperator = ActorContext.from(metaData).type() == ActorContext.Type.OPERATOR;
        List<UUID> memberships =
                byOperator ? command.organizations().stream().sorted().toList() : List.of();
        SortedSet<UUID> affected = new TreeSet<>(memberships);
        command.invitations().forEach(invited -> affected.add(invited.organization()));
        affected.forEach(each -> organizations.withoutMembership(each, (organization, now) -> {
            command.invitations().stream()
                    .filter(invited -> invited.organization().equals(each))
                    .forEach(invited -> organization.endErasedInvitation(invited.invitation()));
            if (memberships.contains(each)) {
                organization.eraseMember(command.user());
            }
        }));
        Aggregate<User> user = users.load(command.user().toString());
        user.execute(it -> memberships.forEach(it::leave));
        List<String> former = user.invoke(User::formerAddresses).stream()
                .sorted()
                .filter(hash -> EmailClaim.holderOf(hash, claims) == null)
                .toList();
        String hash = user.invoke(it -> it.erase(former));
        if (hash != null) {
            claims.load(EmailClaim.streamOf(hash)).execute(EmailClaim::release);
            personalData.forget(command.user(), hash);
            former.forEach(each -> personalData.forget(command.user(), each));
        }
    }
}
