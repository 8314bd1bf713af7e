package io.guildhall.domain.organization;

import io.guildhall.domain.invitation.InvitationCommand.AcceptInvitation;
import io.guildhall.domain.invitation.InvitationCommand.DeclineInvitation;
import io.guildhall.domain.invitation.InvitationCommand.EndErasedInvitation;
import io.guildhall.domain.invitation.InvitationCommand.ExpireInvitation;
import io.guildhall.domain.invitation.InvitationCommand.InviteMember;
import io.guildhall.domain.invitation.InvitationCommand.RemoveAnsweredInvitation;
import io.guildhall.domain.invitation.InvitationCommand.ResendInvitation;
import io.guildhall.domain.invitation.InvitationCommand.RevokeInvitation;
import io.guildhall.domain.plan.PlanCatalog;
import io.guildhall.domain.shared.ExpirationPolicy;
import io.guildhall.domain.shared.Limits;
import io.guildhall.domain.shared.PersonalDataCipher;
import io.guildhall.domain.user.EmailAddress;
import io.guildhall.domain.user.EmailClaim;
import io.guildhall.domain.user.SupportContact;
import io.guildhall.domain.user.User;
import java.util.UUID;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.messaging.MetaData;
import org.axonframework.modelling.command.Aggregate;
import org.axonframework.modelling.command.Repository;
import org.jspecify.annotations.Nullable;

/** Handles commands about invitations, from inviting an address to the new membership. */
public class InvitationCommandHandler {

    private final OrganizationLoader organizations;
    private final Repository<User> users;
    private final Repository<EmailClaim> addresses;
    private final PersonalDataCipher personalData;
    private final InvitationPolicy policy;
    private final SupportContact contact;

    public InvitationCommandHandler(
            OrganizationLoader organizations,
            Repository<User> users,
            Repository<EmailClaim> addresses,
            PersonalDataCipher personalData,
            PlanCatalog plans,
            ExpirationPolicy expirationPolicy,
            Limits limits,
            SupportContact contact) {
        this.organizations = organizations;
        this.users = users;
        this.addresses = addresses;
        this.personalData = personalData;
        this.policy = new InvitationPolicy(plans, limits.pendingInvitations(), expirationPolicy.invitation());
        this.contact = contact;
    }

    @CommandHandler
    void handle(InviteMember command, MetaData metaData) {
        EmailAddress email = EmailAddress.of(command.email());
        String hash = personalData.emailHash(email.value());
        organizations.withActiveOrganization(
                command.organization(),
                metaData,
                (organization, now) -> organization.invite(
                        command, email, EmailClaim.holderOf(hash, addresses), policy, personalData, now));
    }

    @CommandHandler
    void handle(ResendInvitation command, MetaData metaData) {
        organizations.withActiveOrganization(command.organization(), metaData, (organization, now) -> {
            UUID holder = EmailClaim.holderOf(organization.emailHashOf(command.invitation()), addresses);
            organization.resendInvitation(command, holder, policy, now);
        });
    }

    @CommandHandler
    void handle(RevokeInvitation command, MetaData metaData) {
        organizations.withActiveOrganization(
                command.organization(),
                metaData,
                (organization, now) -> organization.revokeInvitation(command.invitation()));
    }

    @CommandHandler
    void handle(RemoveAnsweredInvitation command, MetaData metaData) {
        organizations.withActiveOrganization(
                command.organization(),
                metaData,
                (organization, now) -> organization.removeAnsweredInvitation(command.invitation()));
    }

    @CommandHandler
    void handle(ExpireInvitation command) {
        organizations.withoutMembership(
                command.organization(),
                (organization, now) -> organization.expireInvitation(command.invitation(), now));
    }

    @CommandHandler
    void handle(EndErasedInvitation command) {
        organizations.withoutMembership(
                command.organization(), (organization, now) -> organization.endErasedInvitation(command.invitation()));
    }

    @CommandHandler
    void handle(AcceptInvitation command) {
        organizations.withoutMembership(command.organization(), (organization, now) -> {
            if (organization.hasAccepted(command.invitation(), command.user())) {
                return;
            }
            Aggregate<User> user = users.load(command.user().toString());
            requireInvited(organization, user, command.invitation(), command.link());
            organization.requireAcceptable(command.invitation(), command.user(), now);
            // The user decides first: a rejection must not leave changes in the cached organization.
            user.execute(it -> it.join(command.organization(), contact));
            organization.acceptInvitation(command, now);
        });
    }

    @CommandHandler
    void handle(DeclineInvitation command) {
        organizations.withoutMembership(command.organization(), (organization, now) -> {
            if (organization.hasDeclined(command.invitation(), command.user())) {
                return;
            }
            Aggregate<User> user = users.load(command.user().toString());
            requireInvited(organization, user, command.invitation(), command.link());
            organization.declineInvitation(command.invitation(), command.user(), now);
        });
    }

    /**
     * Rejects a user whose validated address is not the invitation's (R13: accepting needs it; R2: following the link
     * validates it).
     */
    private static void requireInvited(
            Organization organization, Aggregate<User> user, UUID invitation, @Nullable UUID link) {
        String address = user.invoke(it -> it.requirePresent().emailHash());
        boolean byLink = organization.requireInvited(invitation, link, address);
        user.execute(it -> {
            if (byLink) {
                it.validateEmailByInvitation();
            }
            it.requireValidatedEmail();
        });
    }
}
