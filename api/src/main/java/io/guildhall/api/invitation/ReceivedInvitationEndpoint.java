package io.guildhall.api.invitation;

import io.guildhall.api.query.QueryDispatcher;
import io.guildhall.api.security.Caller;
import io.guildhall.api.security.Permission;
import io.guildhall.api.security.RequiresPermission;
import io.guildhall.api.validation.OneOf;
import io.guildhall.api.web.CommandExecutor;
import io.guildhall.api.web.PageParameters;
import io.guildhall.domain.invitation.InvitationCommand.AcceptInvitation;
import io.guildhall.domain.invitation.InvitationCommand.DeclineInvitation;
import io.guildhall.domain.invitation.InvitationRejections;
import io.guildhall.domain.shared.DomainRejectionException;
import io.guildhall.infrastructure.idempotency.IdempotentExecution;
import io.guildhall.query.invitation.InvitationPage;
import io.guildhall.query.invitation.InvitationView;
import io.guildhall.query.invitation.ListOwnInvitations;
import io.guildhall.query.membership.FindMembership;
import io.guildhall.query.membership.MembershipView;
import java.util.List;
import java.util.UUID;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** R13, R14: to the invited. An invitation is named by its id, or by that of the mailed link, which proves the address. */
@RestController
class ReceivedInvitationEndpoint {

    private final ReceivedInvitations received;
    private final QueryDispatcher queries;
    private final CommandExecutor commandExecutor;

    ReceivedInvitationEndpoint(ReceivedInvitations received, QueryDispatcher queries, CommandExecutor commandExecutor) {
        this.received = received;
        this.queries = queries;
        this.commandExecutor = commandExecutor;
    }

    @GetMapping("/v1/account/organization_invitations")
    @RequiresPermission(Permission.USER_MANAGE)
    InvitationPage list(
            @RequestParam(defaultValue = "") List<@OneOf(InvitationReply.STATUSES) String> statuses,
            PageParameters page,
            Caller caller) {
        return queries.ask(
                new ListOwnInvitations(caller.user(), statuses, page.limit(), page.offset()), InvitationPage.class);
    }

    @GetMapping("/v1/account/organization_invitations/{id}")
    @RequiresPermission(Permission.USER_MANAGE)
    InvitationReply show(@PathVariable String id, Caller caller) {
        return reply(received.named(id), caller);
    }

    @PostMapping("/v1/account/organization_invitations/{id}/accept")
    @RequiresPermission(Permission.USER_MANAGE)
    InvitationReply accept(@PathVariable String id, Caller caller) {
        var named = received.named(id);
        return answer(
                named,
                new AcceptInvitation(
                        organization(named, caller),
                        named.invitation(),
                        caller.user(),
                        IdempotentExecution.newId("membership-id"),
                        named.link()),
                "ACCEPTED",
                caller);
    }

    @PostMapping("/v1/account/organization_invitations/{id}/decline")
    @RequiresPermission(Permission.USER_MANAGE)
    InvitationReply decline(@PathVariable String id, Caller caller) {
        var named = received.named(id);
        return answer(
                named,
                new DeclineInvitation(organization(named, caller), named.invitation(), caller.user(), named.link()),
                "REFUSED",
                caller);
    }

    /** The organization remembers the latest answered invitations alone; an older one is answered again by what is shown of it. */
    private InvitationReply answer(ReceivedInvitations.Named named, Object command, String answered, Caller caller) {
        try {
            commandExecutor.perform(command, caller);
        } catch (DomainRejectionException refused) {
            if (!(refused.rejection().is(InvitationRejections.NO_SUCH_INVITATION))) {
                throw refused;
            }
            InvitationView shown = received.of(caller.user(), named);
            if (!caller.user().toString().equals(shown.inviteeId())) {
                throw refused;
            }
            if (!answered.equals(shown.status())) {
                throw new DomainRejectionException(InvitationRejections.noLongerPending(
                        shown.status().equals("ACCEPTED") ? "accepted" : "declined"));
            }
            if (command instanceof AcceptInvitation accepting && !isMember(accepting)) {
                throw new DomainRejectionException(InvitationRejections.MEMBERSHIP_ENDED);
            }
            return new InvitationReply(shown);
        }
        return reply(named, caller);
    }

    private boolean isMember(AcceptInvitation command) {
        return queries.find(new FindMembership(command.organization(), command.user()), MembershipView.class) != null;
    }

    private UUID organization(ReceivedInvitations.Named named, Caller caller) {
        return named.organization() == null
                ? UUID.fromString(received.of(caller.user(), named).organizationId())
                : named.organization();
    }

    private InvitationReply reply(ReceivedInvitations.Named named, Caller caller) {
        return new InvitationReply(received.of(caller.user(), named));
    }
}
