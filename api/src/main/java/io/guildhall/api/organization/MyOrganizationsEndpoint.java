package io.guildhall.api.organization;

import static io.guildhall.api.security.RequiresPermission.Organization.PARAMETERS;

import io.guildhall.api.error.RequestRejectionException;
import io.guildhall.api.query.QueryDispatcher;
import io.guildhall.api.security.Caller;
import io.guildhall.api.security.OrganizationAccess;
import io.guildhall.api.security.Permission;
import io.guildhall.api.security.RequiresPermission;
import io.guildhall.api.validation.OneOf;
import io.guildhall.api.web.PageParameters;
import io.guildhall.query.organization.ListOrganizations;
import io.guildhall.query.organization.OrganizationPage;
import io.guildhall.query.organization.OrganizationView;
import jakarta.validation.constraints.Pattern;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The caller's current organization, and all that the person belongs to. */
@RestController
class MyOrganizationsEndpoint {

    private final QueryDispatcher queries;
    private final OrganizationAccess organizations;

    MyOrganizationsEndpoint(QueryDispatcher queries, OrganizationAccess organizations) {
        this.queries = queries;
        this.organizations = organizations;
    }

    /** For a session without a current organization there is none: 404, unlike on other routes. */
    @GetMapping("/v1/account/organization")
    @RequiresPermission(value = Permission.ORGANIZATION_READ, organization = PARAMETERS, whileDeactivated = true)
    OrganizationReply current(Caller caller) {
        OrganizationView organization = caller.organizationShown();
        if (organization == null) {
            throw RequestRejectionException.notFound("organization: this session has none");
        }
        organizations.requireCurrent(caller, OrganizationAccess.State.ANY);
        return new OrganizationReply(organization);
    }

    @GetMapping("/v1/account/organizations")
    @RequiresPermission(Permission.USER_READ)
    OrganizationPage all(
            @RequestParam(defaultValue = "") String search,
            @RequestParam(defaultValue = "") List<@OneOf(OrganizationAccess.STATUSES) String> statuses,
            @RequestParam(defaultValue = "asc") @Pattern(regexp = "(?i)asc|desc", message = "must be among asc, desc.")
                    String order,
            PageParameters page,
            Caller caller) {
        return queries.ask(
                new ListOrganizations(
                        caller.user(),
                        caller.onlyOrganization(),
                        search.isBlank() ? null : search.strip(),
                        statuses,
                        order.equalsIgnoreCase("asc"),
                        page.limit(),
                        page.offset()),
                OrganizationPage.class);
    }
}
