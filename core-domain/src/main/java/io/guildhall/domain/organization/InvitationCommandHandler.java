package io.guildhall.domain.organization;

import io.guildhall.domain.invitation.InvitationCommand.AcceptInvitation;
import io.guildhall.domain.invitation.InvitationCommand.DeclineInvitation;
import io.guildhall.domain.invitation.InvitationCommand.EndErasedInvitation;
import io.guildhall.domain.invitation.InvitationCommand.ExpireInvitation;
import io.guildhall.domain.invitation.InvitationCommand.InviteMember;
import io.guildhall.domain.invitation.InvitationCommand.RemoveAnsweredInvitation;
import io.guildhall.domain.invitation.InvitationCommand.ResendInvitation;
import io.guildhall.domain.invitation.InvitationCommand.RevokeInvitation;
import io.guildhall.domain.invitation.InvitationEvent.InvitationResent;
import io.guildhall.domain.invitation.InvitationEvent.MemberInvited;
import io.guildhall.domain.invitation.InvitationRejections;
import io.guildhall.domain.membership.MemberRole;
import io.guildhall.domain.plan.PlanCatalog;
import io.guildhall.domain.shared.DomainRejectionException;
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
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.axonframework.modelling.command.Repository;
import org.jspecify.annotations.Nullable;

/** R9 to R13, R17: from an address to a member. */
public class InvitationCommandHandler {

    private final OrganizationLoader organizations;
    private final Repository<User> users;
    private final Repository<EmailClaim> addresses;
    private final PersonalDataCipher personalData;
    private final PlanCatalog plans;
    private final ExpirationPolicy expirationPolicy;
    private final SupportContact contact;
    private final Limits limits;

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
        this.plans = plans;
        this.expirationPolicy = expirationPolicy;
        this.contact = contact;
        this.limits = limits;
    }

    @CommandHandler
    void handle(InviteMember command, MetaData metaData) {
        EmailAddress email = EmailAddress.of(command.email());
        String hash = personalData.emailHash(email.value());
        organizations.withActiveOrganization(command.organization(), metaData, (organization, now) -> {
            if (organization.members().includes(holderOf(hash))) {
                throw new DomainRejectionException(InvitationRejections.ALREADY_A_MEMBER);
            }
            organization.invitations().requireNoneFor(hash, now);
            organization.requireFreeSeat(plans, now);
            organization
                    .invitations()
                    .invite(
                            new MemberInvited(
                                    command.organization(),
                                    command.invitation(),
                                    personalData.encryptEmail(
                                            command.invitation(), command.organization(), hash, email.value()),
                                    hash,
                                    command.inviter(),
                                    command.link(),
                                    now.plus(expirationPolicy.invitation()),
                                    MemberRole.OWNER.storedName()),
                            limits.pendingInvitations(),
                            now);
        });
    }

    @CommandHandler
    void handle(ResendInvitation command, MetaData metaData) {
        organizations.withActiveOrganization(command.organization(), metaData, (organization, now) -> {
            var invitations = organization.invitations();
            invitations.requireUnanswered(command.invitation());
            if (!invitations.isPending(command.invitation(), now)) {
                String hash = invitations.emailHashOf(command.invitation());
                if (organization.members().includes(holderOf(hash))) {
                    throw new DomainRejectionException(InvitationRejections.ALREADY_A_MEMBER);
                }
                invitations.requireNoneFor(hash, now);
                organization.requireFreeSeat(plans, now);
            }
            invitations.resend(new InvitationResent(
                    command.organization(),
                    command.invitation(),
                    command.link(),
                    now.plus(expirationPolicy.invitation())));
        });
    }

    @CommandHandler
    void handle(RevokeInvitation command, MetaData metaData) {
        organizations.withActiveOrganization(
                command.organization(),
                metaData,
                (organization, now) -> organization.invitations().revoke(command.organization(), command.invitation()));
    }

    @CommandHandler
    void handle(RemoveAnsweredInvitation command, MetaData metaData) {
        organizations.withActiveOrganization(
                command.organization(),
                metaData,
                (organization, now) -> organization.invitations().remove(command.organization(), command.invitation()));
    }

    @CommandHandler
    void handle(ExpireInvitation command) {
        organizations.withoutMembership(
                command.organization(),
                (organization, now) ->
                        organization.invitations().expire(command.organization(), command.invitation(), now));
    }

    @CommandHandler
    void handle(EndErasedInvitation command) {
        organizations.withoutMembership(
                command.organization(),
                (organization, now) ->
                        organization.invitations().endErased(command.organization(), command.invitation()));
    }

    @CommandHandler
    void handle(AcceptInvitation command) {
        organizations.withoutMembership(command.organization(), (organization, now) -> {
            var invitations = organization.invitations();
            if (invitations.wasAcceptedBy(command.invitation(), command.user())) {
                if (!organization.members().includes(command.user())) {
                    throw new DomainRejectionException(InvitationRejections.MEMBERSHIP_ENDED);
                }
                return;
            }
            var user = users.load(command.user().toString());
            user.execute(it -> requireInvited(organization, it, command.invitation(), command.link()));
            if (organization.members().includes(command.user())) {
                throw new DomainRejectionException(InvitationRejections.ALREADY_A_MEMBER);
            }
            invitations.requirePending(command.invitation(), now);
            organization.requireJoinable();
            // Before the organization's own events: what is refused must not have changed what is kept in memory of it.
            user.execute(it -> it.requireRoomForMembership(contact));
            invitations.accept(command.organization(), command.invitation(), command.user(), now);
            organization.members().join(command.organization(), command.membership(), command.user());
            organization.tokens().reactivateThoseOf(command.organization(), command.user(), now);
            user.execute(it -> it.join(command.organization(), contact));
        });
    }

    @CommandHandler
    void handle(DeclineInvitation command) {
        organizations.withoutMembership(command.organization(), (organization, now) -> {
            var invitations = organization.invitations();
            if (invitations.wasDeclinedBy(command.invitation(), command.user())) {
                return;
            }
            users.load(command.user().toString())
                    .execute(it -> requireInvited(organization, it, command.invitation(), command.link()));
            invitations.decline(command.organization(), command.invitation(), command.user(), now);
        });
    }

    /**
     * Accepting and declining need the invitation's address (R13). Following the link proves it (R2). Anybody else who holds the link
     * is told that it was sent elsewhere. Without the link the invitation does not exist for them.
     */
    private static void requireInvited(Organization organization, User user, UUID invitation, @Nullable UUID link) {
        String invited = organization.invitations().emailHashOf(invitation);
        if (!invited.equals(user.requirePresent().emailHash())) {
            throw new DomainRejectionException(
                    organization.invitations().hasLink(invitation, link)
                            ? InvitationRejections.SENT_TO_ANOTHER_ADDRESS
                            : InvitationRejections.NO_SUCH_INVITATION);
        }
        if (organization.invitations().hasLink(invitation, link)) {
            user.proveEmail(invited);
        }
        user.requireValidatedEmail();
    }

    private @Nullable UUID holderOf(String emailHash) {
        try {
            return addresses.load(EmailClaim.streamOf(emailHash)).invoke(EmailClaim::holder);
        } catch (AggregateNotFoundException e) {
            return null;
        }
    }
}
