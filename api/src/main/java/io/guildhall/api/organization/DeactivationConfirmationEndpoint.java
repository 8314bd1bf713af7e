package io.guildhall.api.organization;

import io.guildhall.api.query.QueryDispatcher;
import io.guildhall.api.security.Permission;
import io.guildhall.api.security.RequiresPermission;
import io.guildhall.api.web.CommandExecutor;
import io.guildhall.api.web.EmptyResponse;
import io.guildhall.domain.organization.OrganizationCommand.CancelDeactivation;
import io.guildhall.domain.organization.OrganizationCommand.ConfirmDeactivation;
import io.guildhall.domain.organization.OrganizationRejections;
import io.guildhall.domain.shared.DomainRejectionException;
import io.guildhall.infrastructure.encryption.SignedLinkCodec;
import io.guildhall.infrastructure.jobs.JobScheduler;
import io.guildhall.query.emaillink.EmailLinkView;
import io.guildhall.query.emaillink.FindEmailLink;
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
class DeactivationConfirmationEndpoint {

    private final SignedLinkCodec signedLinkCodec;
    private final QueryDispatcher queries;
    private final CommandExecutor commandExecutor;
    private final JobScheduler jobs;

    DeactivationConfirmationEndpoint(
            SignedLinkCodec signedLinkCodec,
            QueryDispatcher queries,
            CommandExecutor commandExecutor,
            JobScheduler jobs) {
        this.signedLinkCodec = signedLinkCodec;
        this.queries = queries;
        this.commandExecutor = commandExecutor;
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
    EmptyResponse confirm(@PathVariable String id) {
        Opened link = open(id);
        commandExecutor.perform(
                new ConfirmDeactivation(link.organization(), link.link()), CommandExecutor.of(link.member()));
        jobs.runNow(OrganizationLifecycleSaga.JOB);
        return EmptyResponse.INSTANCE;
    }

    @DeleteMapping("/v1/organization_confirmations/{id}")
    @RequiresPermission(Permission.PUBLIC)
    EmptyResponse cancel(@PathVariable String id) {
        Opened link = open(id);
        commandExecutor.perform(
                new CancelDeactivation(link.organization(), link.link()), CommandExecutor.of(link.member()));
        return EmptyResponse.INSTANCE;
    }

    private Opened open(String id) {
        SignedLinkCodec.Received received = signedLinkCodec.openReceived(SignedLinkCodec.DEACTIVATE, id);
        EmailLinkView view =
                received == null ? null : queries.find(new FindEmailLink(received.link()), EmailLinkView.class);
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
