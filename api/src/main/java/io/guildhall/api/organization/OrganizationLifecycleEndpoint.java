package io.guildhall.api.organization;

import static io.guildhall.api.security.RequiresPermission.Organization.PATH;

import io.guildhall.api.query.QueryDispatcher;
import io.guildhall.api.ratelimit.ActionRateLimiter;
import io.guildhall.api.ratelimit.RateLimitedAction;
import io.guildhall.api.security.Caller;
import io.guildhall.api.security.Permission;
import io.guildhall.api.security.RequiresPermission;
import io.guildhall.api.web.CommandExecutor;
import io.guildhall.domain.organization.OrganizationCommand.DeactivateOrganization;
import io.guildhall.domain.organization.OrganizationCommand.DeleteOrganization;
import io.guildhall.domain.organization.OrganizationCommand.ReactivateOrganization;
import io.guildhall.domain.organization.OrganizationCommand.RequestDeactivation;
import io.guildhall.infrastructure.idempotency.IdempotentExecution;
import io.guildhall.infrastructure.jobs.JobScheduler;
import io.guildhall.query.organization.FindOrganization;
import io.guildhall.query.organization.OrganizationView;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** R21, R22. The replies show what has begun; {@link OrganizationLifecycleSaga} ends it. */
@RestController
class OrganizationLifecycleEndpoint {

    private final QueryDispatcher queries;
    private final CommandExecutor commandExecutor;
    private final ActionRateLimiter limiter;
    private final JobScheduler jobs;

    OrganizationLifecycleEndpoint(
            QueryDispatcher queries, CommandExecutor commandExecutor, ActionRateLimiter limiter, JobScheduler jobs) {
        this.queries = queries;
        this.commandExecutor = commandExecutor;
        this.limiter = limiter;
        this.jobs = jobs;
    }

    record Wish(@Nullable Boolean skipConfirmation) {}

    @PostMapping("/v1/organizations/{id}/deactivate")
    @RequiresPermission(value = Permission.ORGANIZATION_END, organization = PATH, whileDeactivated = true)
    OrganizationReply deactivate(
            @PathVariable UUID id, @RequestBody(required = false) @Nullable Wish wish, Caller caller) {
        if (wish == null || !Boolean.TRUE.equals(wish.skipConfirmation())) {
            UUID link = IdempotentExecution.newLinkId("deactivation-link");
            limiter.counted(
                    List.of(RateLimitedAction.DEACTIVATIONS_PER_ORGANIZATION.by(id)),
                    () -> commandExecutor.perform(new RequestDeactivation(id, link), caller));
            return new OrganizationReply(organization(id));
        }
        caller.requireInteractive();
        commandExecutor.perform(new DeactivateOrganization(id), caller);
        var reply = new OrganizationReply(organization(id));
        jobs.runNow(OrganizationLifecycleSaga.JOB);
        return reply;
    }

    @PostMapping("/v1/organizations/{id}/reactivate")
    @RequiresPermission(value = Permission.ORGANIZATION_END, organization = PATH, whileDeactivated = true)
    OrganizationReply reactivate(@PathVariable UUID id, Caller caller) {
        commandExecutor.perform(new ReactivateOrganization(id), caller);
        return new OrganizationReply(organization(id));
    }

    @DeleteMapping("/v1/organizations/{id}")
    @RequiresPermission(value = Permission.ORGANIZATION_END, organization = PATH, whileDeactivated = true)
    OrganizationReply delete(@PathVariable UUID id, Caller caller) {
        commandExecutor.perform(new DeleteOrganization(id), caller);
        var reply = new OrganizationReply(organization(id));
        jobs.runNow(OrganizationLifecycleSaga.JOB);
        return reply;
    }

    private OrganizationView organization(UUID id) {
        return queries.require(new FindOrganization(id), OrganizationView.class, "organization");
    }
}
