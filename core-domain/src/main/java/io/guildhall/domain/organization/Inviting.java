package io.guildhall.domain.organization;

import io.guildhall.domain.account.Account;
import io.guildhall.domain.account.EmailAddress;
import io.guildhall.domain.account.EmailClaim;
import io.guildhall.domain.account.SupportContact;
import io.guildhall.domain.invitation.AcceptInvitation;
import io.guildhall.domain.invitation.DeclineInvitation;
import io.guildhall.domain.invitation.EndErasedInvitation;
import io.guildhall.domain.invitation.ExpireInvitation;
import io.guildhall.domain.invitation.InvitationRefusal;
import io.guildhall.domain.invitation.InviteMember;
import io.guildhall.domain.invitation.RemoveAnsweredInvitation;
import io.guildhall.domain.invitation.ResendInvitation;
import io.guildhall.domain.invitation.RevokeInvitation;
import io.guildhall.domain.invitation.events.InvitationResent;
import io.guildhall.domain.invitation.events.MemberInvited;
import io.guildhall.domain.kernel.CommandRefused;
import io.guildhall.domain.kernel.Lifetimes;
import io.guildhall.domain.kernel.Limits;
import io.guildhall.domain.kernel.PersonalData;
import io.guildhall.domain.plan.Plans;
import java.util.UUID;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.messaging.MetaData;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.axonframework.modelling.command.Repository;
import org.jspecify.annotations.Nullable;

/** R9 to R13, R17: from an address to a member. */
public class Inviting {

    private final Organizations organizations;
    private final Repository<Account> accounts;
    private final Repository<EmailClaim> addresses;
    private final PersonalData personalData;
    private final Plans plans;
    private final Lifetimes lifetimes;
    private final SupportContact contact;
    private final Limits limits;

    public Inviting(
            Organizations organizations,
            Repository<Account> accounts,
            Repository<EmailClaim> addresses,
            PersonalData personalData,
            Plans plans,
            Lifetimes lifetimes,
            Limits limits,
            SupportContact contact) {
        this.organizations = organizations;
        this.accounts = accounts;
        this.addresses = addresses;
        this.personalData = personalData;
        this.plans = plans;
        this.lifetimes = lifetimes;
        this.contact = contact;
        this.limits = limits;
    }

    @CommandHandler
    void handle(InviteMember command, MetaData metaData) {
        EmailAddress email = EmailAddress.of(command.email());
        String hash = personalData.emailHash(email.value());
        organizations.inActive(command.organization(), metaData, (organization, now) -> {
            if (organization.members().includes(holderOf(hash))) {
                throw CommandRefused.because(new InvitationRefusal.AlreadyAMember());
            }
            organization.invitations().requireNoneFor(hash, now);
            organization.requireFreeSeat(plans, now);
            organization
                    .invitations()
                    .invite(
                            new MemberInvited(
                                    command.organization(),
                                    command.invitation(),
                                    personalData.sealAddress(command.invitation(), hash, email.value()),
                                    hash,
                                    command.inviter(),
                                    command.link(),
                                    now.plus(lifetimes.invitation())),
                            limits.pendingInvitations(),
                            now);
        });
    }

    @CommandHandler
    void handle(ResendInvitation command, MetaData metaData) {
        organizations.inActive(command.organization(), metaData, (organization, now) -> {
            var invitations = organization.invitations();
            invitations.requireUnanswered(command.invitation());
            if (!invitations.isPending(command.invitation(), now)) {
                String hash = invitations.emailHashOf(command.invitation());
                if (organization.members().includes(holderOf(hash))) {
                    throw CommandRefused.because(new InvitationRefusal.AlreadyAMember());
                }
                invitations.requireNoneFor(hash, now);
                organization.requireFreeSeat(plans, now);
            }
            invitations.resend(new InvitationResent(
                    command.organization(), command.invitation(), command.link(), now.plus(lifetimes.invitation())));
        });
    }

    @CommandHandler
    void handle(RevokeInvitation command, MetaData metaData) {
        organizations.inActive(
                command.organization(),
                metaData,
                (organization, now) -> organization.invitations().revoke(command.organization(), command.invitation()));
    }

    @CommandHandler
    void handle(RemoveAnsweredInvitation command, MetaData metaData) {
        organizations.inActive(
                command.organization(),
                metaData,
                (organization, now) -> organization.invitations().remove(command.organization(), command.invitation()));
    }

    @CommandHandler
    void handle(ExpireInvitation command) {
        organizations.inAsOutsider(
                command.organization(),
                (organization, now) ->
                        organization.invitations().expire(command.organization(), command.invitation(), now));
    }

    @CommandHandler
    void handle(EndErasedInvitation command) {
        organizations.inAsOutsider(
                command.organization(),
                (organization, now) ->
                        organization.invitations().endErased(command.organization(), command.invitation()));
    }

    @CommandHandler
    void handle(AcceptInvitation command) {
        organizations.inAsOutsider(command.organization(), (organization, now) -> {
            var invitations = organization.invitations();
            if (invitations.wasAcceptedBy(command.invitation(), command.account())) {
                if (!organization.members().includes(command.account())) {
                    throw CommandRefused.because(new InvitationRefusal.MembershipEndedSince());
                }
                return;
            }
            var account = accounts.load(command.account().toString());
            account.execute(it -> requireInvited(organization, it, command.invitation(), command.link()));
            if (organization.members().includes(command.account())) {
                throw CommandRefused.because(new InvitationRefusal.AlreadyAMember());
            }
            invitations.requirePending(command.invitation(), now);
            organization.requireJoinable();
            // Before the organization's own events: what is refused must not have changed what is kept in memory of it.
            account.execute(it -> it.requireRoomForMembership(contact));
            invitations.accept(command.organization(), command.invitation(), command.account(), now);
            organization.members().join(command.organization(), command.membership(), command.account());
            organization.tokens().reactivateThoseOf(command.organization(), command.account(), now);
            account.execute(it -> it.join(command.organization(), contact));
        });
    }

    @CommandHandler
    void handle(DeclineInvitation command) {
        organizations.inAsOutsider(command.organization(), (organization, now) -> {
            var invitations = organization.invitations();
            if (invitations.wasDeclinedBy(command.invitation(), command.account())) {
                return;
            }
            accounts.load(command.account().toString())
                    .execute(it -> requireInvited(organization, it, command.invitation(), command.link()));
            invitations.decline(command.organization(), command.invitation(), command.account(), now);
        });
    }

    /**
     * Accepting and declining need the invitation's address (R13). Following the link proves it (R2). Anybody else who holds the link
     * is told that it was sent elsewhere. Without the link the invitation does not exist for them.
     */
    private static void requireInvited(
            Organization organization, Account account, UUID invitation, @Nullable UUID link) {
        String invited = organization.invitations().emailHashOf(invitation);
        if (!invited.equals(account.requirePresent().emailHash())) {
            throw CommandRefused.because(
                    organization.invitations().hasLink(invitation, link)
                            ? new InvitationRefusal.SentToAnotherAddress()
                            : new InvitationRefusal.NoSuchInvitation());
        }
        if (organization.invitations().hasLink(invitation, link)) {
            account.proveEmail(invited);
        }
        account.requireValidatedEmail();
    }

    private @Nullable UUID holderOf(String emailHash) {
        try {
            return addresses.load(EmailClaim.streamOf(emailHash)).invoke(EmailClaim::holder);
        } catch (AggregateNotFoundException e) {
            return null;
        }
    }
}
