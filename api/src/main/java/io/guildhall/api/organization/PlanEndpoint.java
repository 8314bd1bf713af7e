package io.guildhall.api.organization;

import static io.guildhall.api.security.RequiresPermission.Organization.PATH;

import io.guildhall.api.plan.ConfiguredPlanCatalog;
import io.guildhall.api.plan.Quotas;
import io.guildhall.api.query.QueryDispatcher;
import io.guildhall.api.security.Caller;
import io.guildhall.api.security.Permission;
import io.guildhall.api.security.RequiresPermission;
import io.guildhall.api.web.CommandExecutor;
import io.guildhall.domain.organization.OrganizationCommand.ChangePlan;
import io.guildhall.query.organization.FindOrganization;
import io.guildhall.query.organization.FindSummary;
import io.guildhall.query.organization.OrganizationView;
import io.guildhall.query.organization.SummaryView;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** R8, R10, R24: the plan, what it allows, and how much of that is used. */
@RestController
class PlanEndpoint {

    private final QueryDispatcher queries;
    private final CommandExecutor commandExecutor;
    private final ConfiguredPlanCatalog catalogue;

    PlanEndpoint(QueryDispatcher queries, CommandExecutor commandExecutor, ConfiguredPlanCatalog catalogue) {
        this.queries = queries;
        this.commandExecutor = commandExecutor;
        this.catalogue = catalogue;
    }

    record Choice(@NotNull String plan) {}

    record QuotasReply(@Nullable Quotas quotas) {}

    record SummaryReply(OrganizationSummary summary) {}

    @PostMapping("/v1/organizations/{id}/plan")
    @RequiresPermission(value = Permission.BILLING_WRITE, organization = PATH)
    OrganizationReply choose(@PathVariable UUID id, @Valid @RequestBody Choice choice, Caller caller) {
        commandExecutor.perform(new ChangePlan(id, choice.plan()), caller);
        return new OrganizationReply(organization(id));
    }

    @GetMapping("/v1/organizations/{organization_id}/quotas")
    @RequiresPermission(value = Permission.ORGANIZATION_READ, organization = PATH, whileDeactivated = true)
    QuotasReply quotas(@PathVariable("organization_id") UUID id) {
        return new QuotasReply(catalogue.quotas(organization(id).plan()));
    }

    @GetMapping("/v1/organizations/{organization_id}/summary")
    @RequiresPermission(value = Permission.ORGANIZATION_READ, organization = PATH, whileDeactivated = true)
    SummaryReply summary(@PathVariable("organization_id") UUID id) {
        return new SummaryReply(
                OrganizationSummary.of(queries.require(new FindSummary(id), SummaryView.class, "organization")));
    }

    private OrganizationView organization(UUID id) {
        return queries.require(new FindOrganization(id), OrganizationView.class, "organization");
    }
}
