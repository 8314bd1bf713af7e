package io.guildhall.api.organization;

import io.guildhall.api.secret.Links;
import io.guildhall.api.web.Acts;
import io.guildhall.api.web.Caller;
import io.guildhall.api.web.Nothing;
import io.guildhall.api.web.Permitted;
import io.guildhall.api.web.Queries;
import io.guildhall.api.web.RequestId;
import io.guildhall.api.web.Who;
import io.guildhall.domain.kernel.Act;
import io.guildhall.domain.kernel.CommandRefused;
import io.guildhall.domain.organization.ConfirmDeactivation;
import io.guildhall.domain.organization.OrganizationRefusal;
import io.guildhall.query.link.FindLink;
import io.guildhall.query.link.LinkView;
import io.guildhall.query.membership.FindMembership;
import io.guildhall.query.membership.MembershipView;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** R21: the link that every member was mailed. Any of them confirms, signed in or not. */
@RestController
class ConfirmationEndpoint {

    private final Links links;
    private final Queries queries;
    private final Acts acts;
    private final LongActs longActs;

    ConfirmationEndpoint(Links links, Queries queries, Acts acts, LongActs longActs) {
        this.links = links;
        this.queries = queries;
        this.acts = acts;
        this.longActs = longActs;
    }

    @PostMapping("/v1/organization_confirmations/{id}")
    @Permitted(Who.PUBLIC)
    Nothing confirm(@PathVariable String id, @Nullable Caller caller) {
        UUID link = links.open(Links.DEACTIVATE, id);
        LinkView view = link == null ? null : queries.find(new FindLink(link), LinkView.class);
        if (link == null || view == null || !view.purpose().equals(Links.DEACTIVATE)) {
            throw CommandRefused.because(new OrganizationRefusal.DeactivationLinkNoLongerValid());
        }
        acts.perform(new ConfirmDeactivation(view.subject(), link), by(caller, view.subject()));
        longActs.nudge();
        return Nothing.AT_ALL;
    }

    /** Who follows the link without being signed in is some member, and the trail cannot say which. */
    private Act by(@Nullable Caller caller, UUID organization) {
        UUID account = caller == null ? null : caller.accountIfAny();
        if (caller == null
                || account == null
                || queries.find(new FindMembership(organization, account), MembershipView.class) == null) {
            return systemAct();
        }
        return Act.byAccount(account, null, RequestId.current()).inSessionOf(caller.via());
    }

    private static Act systemAct() {
        return new Act(Act.Type.SYSTEM, null, null, null, RequestId.current());
    }
}
