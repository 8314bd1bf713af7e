package io.guildhall.api.membership;

import io.guildhall.api.web.Acts;
import io.guildhall.api.web.Admission;
import io.guildhall.api.web.Caller;
import io.guildhall.api.web.Choices;
import io.guildhall.api.web.Ids;
import io.guildhall.api.web.Paging;
import io.guildhall.api.web.Permission;
import io.guildhall.api.web.Permitted;
import io.guildhall.api.web.Queries;
import io.guildhall.api.web.Times;
import io.guildhall.api.web.WebRefusal;
import io.guildhall.api.web.Who;
import io.guildhall.domain.membership.MembershipCommand.EndMembership;
import io.guildhall.domain.membership.MembershipRefusal;
import io.guildhall.domain.shared.CommandRefused;
import io.guildhall.query.membership.FindMember;
import io.guildhall.query.membership.FindOwnMembership;
import io.guildhall.query.membership.ListMembers;
import io.guildhall.query.membership.MemberPage;
import io.guildhall.query.membership.MemberView;
import io.guildhall.query.membership.MembershipView;
import java.time.Clock;
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

    private static final List<String> ORGANIZATION_STATUSES =
            List.of("WARNING", "LOCKED", "ACTIVE", "DEACTIVATING", "DEACTIVATED", "DELETING", "DELETED");

    private final Queries queries;
    private final Acts acts;
    private final Admission admission;
    private final Clock clock;

    MembershipEndpoint(Queries queries, Acts acts, Admission admission, Clock clock) {
        this.queries = queries;
        this.acts = acts;
        this.admission = admission;
        this.clock = clock;
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
    @Permitted(value = Who.CALLER, needs = Permission.MEMBERS_READ)
    MemberPage list(
            @RequestParam(name = "organization_id", required = false) @Nullable String organizationId,
            @RequestParam(name = "user_id", required = false) @Nullable String userId,
            @RequestParam(name = "organization_statuses", required = false) @Nullable List<String> statuses,
            @RequestParam(name = "as_of", required = false) @Nullable String asOf,
            Paging paging,
            Caller caller) {
        Instant moment = Times.past("as_of", asOf, clock.instant());
        UUID asked = Ids.optional("organization_id", organizationId);
        UUID user = Ids.optional("user_id", userId);
        UUID organization = null;
        if (asked != null) {
            organization = admission.toNamed(caller, asked, false, true).organization();
        } else if (!caller.isUser(user)) {
            organization = caller.organization();
            admission.toCurrent(caller, false, true);
        } else if (caller.isBound()) {
            organization = caller.organization();
        } else if (moment != null) {
            throw CommandRefused.because(new WebRefusal.FieldMalformed(
                    "as_of", "as_of asks about one organization: say which by organization_id."));
        }
        return queries.ask(
                new ListMembers(
                        organization,
                        user,
                        Choices.all("organization_statuses", statuses, ORGANIZATION_STATUSES),
                        moment,
                        paging.limit(),
                        paging.offset()),
                MemberPage.class);
    }

    /** The own membership is left, from whatever organization the session is in; another's is ended in the current one. */
    @DeleteMapping("/v1/organization_members/{id}")
    @Permitted(value = Who.CALLER, needs = Permission.MEMBERS_REMOVE)
    Ended end(@PathVariable UUID id, Caller caller) {
        MembershipView own = own(id, caller);
        UUID organization = own == null ? caller.organization() : own.organization();
        if (own == null) {
            admission.toCurrent(caller, true, false);
        }
        try {
            acts.perform(new EndMembership(organization, id), caller);
        } catch (CommandRefused refused) {
            // The organization remembers the latest ended memberships alone; ending an older one again is silence, too.
            if (!(refused.refusal() instanceof MembershipRefusal.NoSuchMembership)) {
                throw refused;
            }
        }
        return new Ended(queries.require(new FindMember(organization, id), MemberView.class, "member"));
    }

    /** Only an interactive session reaches beyond the current organization. */
    private @Nullable MembershipView own(UUID membership, Caller caller) {
        UUID user = caller.userIfAny();
        return user == null || caller.isBound()
                ? null
                : queries.find(new FindOwnMembership(user, membership), MembershipView.class);
    }
}
