package io.guildhall.api.membership;

import static io.guildhall.api.security.RequiresPermission.Organization.PARAMETERS;

import io.guildhall.api.error.RequestRejectionException;
import io.guildhall.api.query.QueryDispatcher;
import io.guildhall.api.security.Caller;
import io.guildhall.api.security.OrganizationAccess;
import io.guildhall.api.security.Permission;
import io.guildhall.api.security.RequiresPermission;
import io.guildhall.api.validation.OneOf;
import io.guildhall.api.web.CommandExecutor;
import io.guildhall.api.web.PageParameters;
import io.guildhall.domain.membership.MembershipCommand.LeaveOrganization;
import io.guildhall.domain.membership.MembershipCommand.RemoveMember;
import io.guildhall.domain.membership.MembershipRejections;
import io.guildhall.domain.shared.DomainRejectionException;
import io.guildhall.query.membership.FindMember;
import io.guildhall.query.membership.FindOwnMembership;
import io.guildhall.query.membership.ListMembers;
import io.guildhall.query.membership.MemberPage;
import io.guildhall.query.membership.MemberView;
import io.guildhall.query.membership.MembershipView;
import jakarta.validation.constraints.PastOrPresent;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Members of organizations: who may remove whom (R15), the last member (R16), and what ends with a membership (R17). */
@RestController
class MembershipEndpoint {

    private final QueryDispatcher queries;
    private final CommandExecutor commandExecutor;
    private final OrganizationAccess organizations;

    MembershipEndpoint(QueryDispatcher queries, CommandExecutor commandExecutor, OrganizationAccess organizations) {
        this.queries = queries;
        this.commandExecutor = commandExecutor;
        this.organizations = organizations;
    }

    record Ended(MemberView member) {}

    /**
     * The current organization's members; with the caller's own {@code user_id} alone, the person's memberships of whatever
     * organization, or of its own organization for a bound token. Another organization does not exist (R23).
     *
     * @param asOf an RFC 3339 time: who was a member then, with what happened at that very moment. Names and addresses are those
     *     of now. It asks about one organization
     */
    @GetMapping("/v1/organization_members")
    @RequiresPermission(value = Permission.MEMBERS_READ, organization = PARAMETERS)
    MemberPage list(
            @RequestParam(name = "organization_id", required = false) @Nullable UUID asked,
            @RequestParam(name = "user_id", required = false) @Nullable UUID user,
            @RequestParam(name = "organization_statuses", defaultValue = "")
                    List<@OneOf(OrganizationAccess.STATUSES) String> organizationStatuses,
            @RequestParam(name = "as_of", required = false) @PastOrPresent @Nullable Instant asOf,
            PageParameters page,
            Caller caller) {
        UUID organization = organizations.organizationToList(caller, asked, user);
        if (organization == null && asOf != null) {
            throw RequestRejectionException.invalidArgument(
                    "as_of", "as_of asks about one organization: say which by organization_id.");
        }
        return queries.ask(
                new ListMembers(organization, user, organizationStatuses, asOf, page.limit(), page.offset()),
                MemberPage.class);
    }

    /** The own membership is left, with an interactive session in whatever organization; another's is ended in the current one. */
    @DeleteMapping("/v1/organization_members/{id}")
    @RequiresPermission(value = Permission.MEMBERS_WRITE, organization = PARAMETERS)
    Ended end(@PathVariable UUID id, Caller caller) {
        UUID user = caller.userIfAny();
        MembershipView own = user == null ? null : queries.find(new FindOwnMembership(user, id), MembershipView.class);
        UUID organization = own == null || caller.isBound() ? caller.organization() : own.organization();
        if (own == null || caller.isBound()) {
            organizations.requireCurrent(caller, OrganizationAccess.State.NOT_LOCKED);
        }
        try {
            commandExecutor.perform(
                    own == null ? new RemoveMember(organization, id) : new LeaveOrganization(organization, id), caller);
        } catch (DomainRejectionException refused) {
            // The organization remembers the latest ended memberships alone; ending an older one again is silence, too.
            if (!(refused.rejection().is(MembershipRejections.NO_SUCH_MEMBERSHIP))) {
                throw refused;
            }
        }
        return new Ended(queries.require(new FindMember(organization, id), MemberView.class, "member"));
    }
}
