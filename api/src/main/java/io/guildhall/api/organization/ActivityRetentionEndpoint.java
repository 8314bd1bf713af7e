package io.guildhall.api.organization;

import static io.guildhall.api.security.RequiresPermission.Organization.PATH;

import io.guildhall.api.query.QueryDispatcher;
import io.guildhall.api.security.Caller;
import io.guildhall.api.security.Permission;
import io.guildhall.api.security.RequiresPermission;
import io.guildhall.api.web.CommandExecutor;
import io.guildhall.domain.organization.OrganizationCommand.SetActivityRetention;
import io.guildhall.domain.plan.Plan;
import io.guildhall.domain.plan.PlanCatalog;
import io.guildhall.query.organization.ActivityRetentionView;
import io.guildhall.query.organization.FindActivityRetention;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** For how long an organization's activities are shown: by its plan, or for less when it wants that. Ours. */
@RestController
class ActivityRetentionEndpoint {

    private final QueryDispatcher queries;
    private final CommandExecutor commandExecutor;
    private final PlanCatalog plans;

    ActivityRetentionEndpoint(QueryDispatcher queries, CommandExecutor commandExecutor, PlanCatalog plans) {
        this.queries = queries;
        this.commandExecutor = commandExecutor;
        this.plans = plans;
    }

    /** @param days null is for as long as the plan says */
    record Choice(@Nullable Long days) {}

    /**
     * In days; null is without a limit.
     *
     * @param days the organization's setting
     * @param planDays the most that there can be
     * @param shownDays the smaller of the two, which is what counts
     */
    record RetentionView(
            @Nullable Long days,
            @Nullable Long planDays,
            @Nullable Long shownDays) {}

    record RetentionReply(RetentionView activityRetention) {}

    @GetMapping("/v1/organizations/{id}/activity_retention")
    @RequiresPermission(value = Permission.ORGANIZATION_READ, organization = PATH, whileDeactivated = true)
    RetentionReply show(@PathVariable UUID id) {
        return reply(id);
    }

    /** Older activities are hidden at once and deleted later: a longer retention does not restore them. Their events stay. */
    @PutMapping("/v1/organizations/{id}/activity_retention")
    @RequiresPermission(value = Permission.ORGANIZATION_WRITE, organization = PATH)
    RetentionReply choose(@PathVariable UUID id, @RequestBody Choice choice, Caller caller) {
        commandExecutor.perform(new SetActivityRetention(id, choice.days()), caller);
        return reply(id);
    }

    private RetentionReply reply(UUID id) {
        ActivityRetentionView its =
                queries.require(new FindActivityRetention(id), ActivityRetentionView.class, "organization");
        Plan plan = plans.find(its.plan());
        Long most = plan == null ? null : plan.activityRetention();
        Long shown = its.days() == null || most != null && most < its.days() ? most : its.days();
        return new RetentionReply(new RetentionView(its.days(), most, shown));
    }
}
