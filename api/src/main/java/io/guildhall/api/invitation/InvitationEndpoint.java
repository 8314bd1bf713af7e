package io.guildhall.api.invitation;

import static io.guildhall.api.security.RequiresPermission.Organization.PARAMETERS;

import io.guildhall.api.error.RequestRejectionException;
import io.guildhall.api.query.QueryDispatcher;
import io.guildhall.api.ratelimit.ActionRateLimiter;
import io.guildhall.api.ratelimit.MailLimits;
import io.guildhall.api.ratelimit.RateLimitedAction;
import io.guildhall.api.security.Caller;
import io.guildhall.api.security.OrganizationAccess;
import io.guildhall.api.security.Permission;
import io.guildhall.api.security.RequiresPermission;
import io.guildhall.api.validation.OneOf;
import io.guildhall.api.web.CommandExecutor;
import io.guildhall.api.web.EmptyResponse;
import io.guildhall.api.web.PageParameters;
import io.guildhall.domain.invitation.InvitationCommand.InviteMember;
import io.guildhall.domain.invitation.InvitationCommand.RemoveAnsweredInvitation;
import io.guildhall.domain.invitation.InvitationCommand.ResendInvitation;
import io.guildhall.domain.invitation.InvitationCommand.RevokeInvitation;
import io.guildhall.domain.invitation.InvitationRejections;
import io.guildhall.domain.shared.DomainRejectionException;
import io.guildhall.domain.shared.PersonalDataCipher;
import io.guildhall.domain.user.EmailAddress;
import io.guildhall.infrastructure.idempotency.IdempotentExecution;
import io.guildhall.query.invitation.FindInvitation;
import io.guildhall.query.invitation.InvitationPage;
import io.guildhall.query.invitation.InvitationView;
import io.guildhall.query.invitation.ListInvitations;
import io.guildhall.query.invitation.ListInvitationsAsOf;
import io.guildhall.query.invitation.ListOwnInvitations;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.PastOrPresent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** R9, R11, R12: from the organization's side. */
@RestController
class InvitationEndpoint {

    private final ReceivedInvitations received;
    private final ActionRateLimiter limiter;
    private final PersonalDataCipher personalData;
    private final OrganizationAccess organizations;
    private final QueryDispatcher queries;
    private final CommandExecutor commandExecutor;

    InvitationEndpoint(
            ReceivedInvitations received,
            ActionRateLimiter limiter,
            PersonalDataCipher personalData,
            OrganizationAccess organizations,
            QueryDispatcher queries,
            CommandExecutor commandExecutor) {
        this.received = received;
        this.limiter = limiter;
        this.personalData = personalData;
        this.organizations = organizations;
        this.queries = queries;
        this.commandExecutor = commandExecutor;
    }

    record Invitee(@NotNull String email) {}

    @PostMapping("/v1/organization_invitations")
    @RequiresPermission(Permission.INVITATIONS_WRITE)
    InvitationReply invite(@Valid @RequestBody Invitee invitee, Caller caller) {
        UUID id = IdempotentExecution.newId("invitation-id");
        EmailAddress email = EmailAddress.of(invitee.email());
        UUID link = IdempotentExecution.newLinkId("invitation-link");
        limiter.counted(
                MailLimits.invitation(caller.organization(), personalData.emailHash(email.value())),
                () -> commandExecutor.perform(
                        new InviteMember(caller.organization(), id, email.value(), caller.userIfAny(), link), caller));
        return reply(id, caller);
    }

    /**
     * With the caller's own {@code user_id}: what was sent to the person, by whatever organization.
     *
     * @param asOf an RFC 3339 time: the organization's invitations in the states of then, with what happened at that very
     *     moment. Names and addresses are those of now. It does not go with {@code user_id}
     */
    @GetMapping("/v1/organization_invitations")
    @RequiresPermission(value = Permission.INVITATIONS_READ, organization = PARAMETERS)
    InvitationPage list(
            @RequestParam(defaultValue = "") List<@OneOf(InvitationReply.STATUSES) String> statuses,
            @RequestParam(name = "user_id", required = false) @Nullable UUID user,
            @RequestParam(name = "as_of", required = false) @PastOrPresent @Nullable Instant asOf,
            PageParameters page,
            Caller caller) {
        if (user == null) {
            UUID organization = caller.organization();
            organizations.requireCurrent(caller, OrganizationAccess.State.ACTIVE);
            return queries.ask(
                    asOf == null
                            ? new ListInvitations(organization, statuses, page.limit(), page.offset())
                            : new ListInvitationsAsOf(organization, statuses, asOf, page.limit(), page.offset()),
                    InvitationPage.class);
        }
        caller.requireSelf(user);
        caller.requireInteractive();
        if (asOf != null) {
            throw RequestRejectionException.invalidArgument(
                    "as_of", "as_of asks about the current organization and does not go with user_id.");
        }
        return queries.ask(new ListOwnInvitations(user, statuses, page.limit(), page.offset()), InvitationPage.class);
    }

    /** To members of the organization, and to the invited. */
    @GetMapping("/v1/organization_invitations/{id}")
    @RequiresPermission(value = Permission.INVITATIONS_READ, organization = PARAMETERS)
    InvitationReply show(@PathVariable String id, Caller caller) {
        var named = received.named(id);
        UUID organization = caller.organizationIfAny();
        InvitationView sent = organization == null
                ? null
                : queries.find(new FindInvitation(organization, named.invitation()), InvitationView.class);
        if (sent != null) {
            organizations.requireCurrent(caller, OrganizationAccess.State.ACTIVE);
            return new InvitationReply(sent);
        }
        UUID user = caller.userIfAny();
        if (user == null || caller.isBound()) {
            throw ReceivedInvitations.absent();
        }
        return new InvitationReply(received.of(user, named));
    }

    @DeleteMapping("/v1/organization_invitations/{id}")
    @RequiresPermission(Permission.INVITATIONS_WRITE)
    EmptyResponse revoke(@PathVariable UUID id, Caller caller) {
        try {
            commandExecutor.perform(new RevokeInvitation(caller.organization(), id), caller);
        } catch (DomainRejectionException refused) {
            if (requireForgotten(refused, id, caller).equals("accepted")) {
                throw new DomainRejectionException(InvitationRejections.ALREADY_ACCEPTED);
            }
            commandExecutor.perform(new RemoveAnsweredInvitation(caller.organization(), id), caller);
        }
        return EmptyResponse.INSTANCE;
    }

    /** Mails an invitation again, with a new link (R12). */
    @PostMapping("/v1/organization_invitations/{id}/resend")
    @RequiresPermission(Permission.INVITATIONS_WRITE)
    InvitationReply resend(@PathVariable UUID id, Caller caller) {
        InvitationReply invitation = reply(id, caller);
        List<RateLimitedAction.Use> uses = new ArrayList<>();
        uses.add(RateLimitedAction.INVITATION_RESEND.by(id));
        uses.addAll(MailLimits.invitation(
                caller.organization(),
                personalData.emailHash(invitation.invitation().email())));
        UUID link = IdempotentExecution.newLinkId("invitation-link");
        try {
            limiter.counted(
                    uses, () -> commandExecutor.perform(new ResendInvitation(caller.organization(), id, link), caller));
        } catch (DomainRejectionException refused) {
            throw new DomainRejectionException(
                    InvitationRejections.noLongerPending(requireForgotten(refused, id, caller)));
        }
        return reply(id, caller);
    }

    /**
     * The organization remembers the latest answered invitations alone. Older ones are listed as long as nobody removes them.
     *
     * @return how it was answered
     */
    private String requireForgotten(DomainRejectionException refused, UUID id, Caller caller) {
        InvitationView listed = refused.rejection().is(InvitationRejections.NO_SUCH_INVITATION)
                ? queries.find(new FindInvitation(caller.organization(), id), InvitationView.class)
                : null;
        String status = listed == null ? null : listed.status();
        if ("ACCEPTED".equals(status)) {
            return "accepted";
        }
        if ("REFUSED".equals(status)) {
            return "declined";
        }
        throw refused;
    }

    private InvitationReply reply(UUID id, Caller caller) {
        InvitationView found = queries.find(new FindInvitation(caller.organization(), id), InvitationView.class);
        if (found == null) {
            throw ReceivedInvitations.absent();
        }
        return new InvitationReply(found);
    }
}
