package io.guildhall.api.organization;

import io.guildhall.api.turn.Turn;
import io.guildhall.api.web.Acts;
import io.guildhall.api.web.Caller;
import io.guildhall.api.web.Choices;
import io.guildhall.api.web.Permission;
import io.guildhall.api.web.Permitted;
import io.guildhall.api.web.Queries;
import io.guildhall.api.web.Who;
import io.guildhall.domain.organization.OrganizationCommand.CreateOrganization;
import io.guildhall.domain.organization.OrganizationCommand.UpdateOrganization;
import io.guildhall.query.organization.FindOrganization;
import io.guildhall.query.organization.OrganizationView;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** R4 to R6: organizations come about, are shown, and change. */
@RestController
class OrganizationEndpoint {

    private final Queries queries;
    private final Acts acts;

    OrganizationEndpoint(Queries queries, Acts acts) {
        this.queries = queries;
        this.acts = acts;
    }

    record Naming(@Nullable String name) {}

    @PostMapping("/v1/organizations")
    @Permitted(Who.INTERACTIVE)
    OrganizationReply found(@RequestBody Naming naming, Caller caller) {
        String name = Choices.required("name", naming.name());
        UUID id = Turn.newId();
        acts.perform(new CreateOrganization(id, name, caller.user(), Turn.newId()), caller);
        return reply(id);
    }

    @GetMapping("/v1/organizations/{id}")
    @Permitted(value = Who.ORGANIZATION, needs = Permission.ORGANIZATION_READ, whileDeactivated = true)
    OrganizationReply show(@PathVariable UUID id) {
        return reply(id);
    }

    /** Billing information can be given whatever state the organization is in; its name only while it is active. */
    @RequestMapping(
            path = "/v1/organizations/{id}",
            method = {RequestMethod.PUT, RequestMethod.PATCH})
    @Permitted(
            value = Who.ORGANIZATION,
            needs = {Permission.ORGANIZATION_WRITE, Permission.BILLING_WRITE},
            whileDeactivated = true)
    OrganizationReply change(
            @PathVariable UUID id,
            @RequestBody OrganizationChanges body,
            @RequestParam(name = "update_mask", required = false) @Nullable String mask,
            Caller caller) {
        acts.perform(body.command(id, mask), caller);
        return reply(id);
    }

    @PutMapping("/v1/organizations/{id}/name")
    @Permitted(value = Who.ORGANIZATION, needs = Permission.ORGANIZATION_WRITE)
    OrganizationReply rename(@PathVariable UUID id, @RequestBody Naming naming, Caller caller) {
        acts.perform(new UpdateOrganization(id, Choices.required("name", naming.name()), Map.of()), caller);
        return reply(id);
    }

    private OrganizationReply reply(UUID id) {
        return new OrganizationReply(queries.require(new FindOrganization(id), OrganizationView.class, "organization"));
    }
}
