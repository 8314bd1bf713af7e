package io.guildhall.api.organization;

import static io.guildhall.api.security.RequiresPermission.Organization.PATH;

import io.guildhall.api.query.QueryDispatcher;
import io.guildhall.api.security.Caller;
import io.guildhall.api.security.Permission;
import io.guildhall.api.security.RequiresPermission;
import io.guildhall.api.web.CommandExecutor;
import io.guildhall.api.web.UpdateMask;
import io.guildhall.domain.organization.OrganizationCommand.CreateOrganization;
import io.guildhall.domain.organization.OrganizationCommand.UpdateOrganization;
import io.guildhall.infrastructure.idempotency.IdempotentExecution;
import io.guildhall.query.organization.FindOrganization;
import io.guildhall.query.organization.OrganizationView;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.util.Map;
import java.util.UUID;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;

/** R4 to R6: organizations come about, are shown, and change. */
@RestController
class OrganizationEndpoint {

    private final QueryDispatcher queries;
    private final CommandExecutor commandExecutor;

    OrganizationEndpoint(QueryDispatcher queries, CommandExecutor commandExecutor) {
        this.queries = queries;
        this.commandExecutor = commandExecutor;
    }

    record Naming(@NotNull String name) {}

    @PostMapping("/v1/organizations")
    @RequiresPermission(Permission.USER_MANAGE)
    OrganizationReply found(@Valid @RequestBody Naming naming, Caller caller) {
        String name = naming.name();
        UUID id = IdempotentExecution.newId("organization-id");
        commandExecutor.perform(
                new CreateOrganization(id, name, caller.user(), IdempotentExecution.newId("membership-id")), caller);
        return reply(id);
    }

    @GetMapping("/v1/organizations/{id}")
    @RequiresPermission(value = Permission.ORGANIZATION_READ, organization = PATH, whileDeactivated = true)
    OrganizationReply show(@PathVariable UUID id) {
        return reply(id);
    }

    /** Billing information can be given whatever state the organization is in; its name only while it is active. */
    @RequestMapping(
            path = "/v1/organizations/{id}",
            method = {RequestMethod.PUT, RequestMethod.PATCH})
    @RequiresPermission(value = Permission.ORGANIZATION_WRITE, organization = PATH, whileDeactivated = true)
    OrganizationReply change(
            @PathVariable UUID id, @RequestBody @UpdateMask(ignored = "id") OrganizationChanges body, Caller caller) {
        commandExecutor.perform(body.command(id), caller);
        return reply(id);
    }

    @PutMapping("/v1/organizations/{id}/name")
    @RequiresPermission(value = Permission.ORGANIZATION_WRITE, organization = PATH)
    OrganizationReply rename(@PathVariable UUID id, @Valid @RequestBody Naming naming, Caller caller) {
        commandExecutor.perform(new UpdateOrganization(id, naming.name(), Map.of()), caller);
        return reply(id);
    }

    private OrganizationReply reply(UUID id) {
        return new OrganizationReply(queries.require(new FindOrganization(id), OrganizationView.class, "organization"));
    }
}
