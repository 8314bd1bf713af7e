package io.guildhall.api.organization;

import io.guildhall.api.jobs.JobScheduler;
import io.guildhall.api.query.QueryDispatcher;
import io.guildhall.api.secret.Links;
import io.guildhall.api.security.Permission;
import io.guildhall.api.security.RequiresPermission;
import io.guildhall.api.web.Acts;
import io.guildhall.api.web.Nothing;
import io.guildhall.domain.organization.OrganizationCommand.CancelDeactivation;
import io.guildhall.domain.organization.OrganizationCommand.ConfirmDeactivation;
import io.guildhall.domain.organization.OrganizationRejections;
import io.guildhall.domain.shared.DomainRejectionException;
import io.guildhall.query.link.FindLink;
import io.guildhall.query.link.LinkView;
import io.guildhall.query.membership.FindMember;
import io.guildhall.query.membership.MemberView;
import java.util.UUID;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * The links that confirm a deactivation. Each member is mailed an own link: it acts for that member, whoever is signed in, and stops
 * working when the membership ends.
 */
@RestController
class ConfirmationEndpoint {

    private final Links links;
    private final QueryDispatcher queries;
    private final Acts acts;
    private final JobScheduler jobs;

    ConfirmationEndpoint(Links links, QueryDispatcher queries, Acts acts, JobScheduler jobs) {
        this.links = links;
        this.queries = queries;
        this.acts = acts;
        this.jobs = jobs;
    }

    /** What a link confirms. */
    record Confirmation(String organizationName) {}

    record ConfirmationReply(Confirmation organizationConfirmation) {}

    /** A link that works, and the member to whom it was mailed. */
    private record Opened(UUID link, UUID organization, String organizationName, UUID member) {}

    @GetMapping("/v1/organization_confirmations/{id}")
    @RequiresPermission(Permission.PUBLIC)
    ConfirmationReply show(@PathVariable String id) {
        return new ConfirmationReply(new Confirmation(open(id).organizationName()));
    }

    @PostMapping("/v1/organization_confirmations/{id}")
    @RequiresPermission(Permission.PUBLIC)
    Nothing confirm(@PathVariable String id) {
        Opened link = open(id);
        acts.perform(new ConfirmDeactivation(link.organization(), link.link()), Acts.of(link.member()));
        jobs.runNow(OrganizationLifecycleSaga.JOB);
        return Nothing.AT_ALL;
    }

    @DeleteMapping("/v1/organization_confirmations/{id}")
    @RequiresPermission(Permission.PUBLIC)
    Nothing cancel(@PathVariable String id) {
        Opened link = open(id);
        acts.perform(new CancelDeactivation(link.organization(), link.link()), Acts.of(link.member()));
        return Nothing.AT_ALL;
    }

    private Opened open(String id) {
        Links.Received received = links.openReceived(Links.DEACTIVATE, id);
        LinkView view = received == null ? null : queries.find(new FindLink(received.link()), LinkView.class);
        MemberView member = received == null || view == null
                ? null
                : queries.find(new FindMember(view.subject(), received.recipient()), MemberView.class);
        if (received == null
                || view == null
                || member == null
                || !member.status().equals("ACTIVE")) {
            throw new DomainRejectionException(OrganizationRejections.DEACTIVATION_LINK_NO_LONGER_VALID);
        }
        return new Opened(
                received.link(), view.subject(), member.organization().name(), UUID.fromString(member.userId()));
    }
}
