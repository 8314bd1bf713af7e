package io.guildhall.api.organization;

import static io.guildhall.api.security.RequiresPermission.Organization.PARAMETERS;

import io.guildhall.api.error.RequestRejectionException;
import io.guildhall.api.query.QueryDispatcher;
import io.guildhall.api.security.Caller;
import io.guildhall.api.security.OrganizationAccess;
import io.guildhall.api.security.Permission;
import io.guildhall.api.security.RequiresPermission;
import io.guildhall.api.web.PageParameters;
import io.guildhall.api.web.RequestValidation;
import io.guildhall.query.organization.ListOrganizations;
import io.guildhall.query.organization.OrganizationPage;
import io.guildhall.query.organization.OrganizationView;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The caller's current organization, and all that the person belongs to. */
@RestController
class MyOrganizationsEndpoint {

    private static final List<String> STATUSES =
            List.of("WARNING", "LOCKED", "ACTIVE", "DEACTIVATING", "DEACTIVATED", "DELETING", "DELETED");

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
            @RequestParam(required = false) @Nullable String search,
            @RequestParam(required = false) @Nullable List<String> statuses,
            @RequestParam(defaultValue = "asc") String order,
            PageParameters pageParameters,
            Caller caller) {
        RequestValidation.all("order", List.of(order.toLowerCase(Locale.ROOT)), List.of("asc", "desc"));
        return queries.ask(
                new ListOrganizations(
                        caller.user(),
                        caller.onlyOrganization(),
                        search == null || search.isBlank() ? null : search.strip(),
                        RequestValidation.all("statuses", statuses, STATUSES),
                        order.equalsIgnoreCase("asc"),
                        pageParameters.limit(),
                        pageParameters.offset()),
                OrganizationPage.class);
    }
}
