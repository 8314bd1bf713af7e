package io.guildhall.api.organization;

import io.guildhall.api.web.Admission;
import io.guildhall.api.web.Caller;
import io.guildhall.api.web.Choices;
import io.guildhall.api.web.Paging;
import io.guildhall.api.web.Permitted;
import io.guildhall.api.web.Queries;
import io.guildhall.api.web.WebRefusal;
import io.guildhall.api.web.Who;
import io.guildhall.domain.shared.CommandRefused;
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
class OwnOrganizationsEndpoint {

    private static final List<String> STATUSES =
            List.of("WARNING", "LOCKED", "ACTIVE", "DEACTIVATING", "DEACTIVATED", "DELETING", "DELETED");

    private final Queries queries;
    private final Admission admission;

    OwnOrganizationsEndpoint(Queries queries, Admission admission) {
        this.queries = queries;
        this.admission = admission;
    }

    /** For a session without a current organization there is none: 404, unlike on other routes. */
    @GetMapping("/v1/account/organization")
    @Permitted(value = Who.CALLER, whileDeactivated = true)
    OrganizationReply current(Caller caller) {
        OrganizationView organization = caller.organizationShown();
        if (organization == null) {
            throw CommandRefused.because(new WebRefusal.NotFound("organization: this session has none"));
        }
        admission.toCurrent(caller, true, true);
        return new OrganizationReply(organization);
    }

    @GetMapping("/v1/account/organizations")
    @Permitted(Who.USER)
    OrganizationPage all(
            @RequestParam(required = false) @Nullable String search,
            @RequestParam(required = false) @Nullable List<String> statuses,
            @RequestParam(defaultValue = "asc") String order,
            Paging paging,
            Caller caller) {
        Choices.all("order", List.of(order.toLowerCase(Locale.ROOT)), List.of("asc", "desc"));
        return queries.ask(
                new ListOrganizations(
                        caller.user(),
                        caller.onlyOrganization(),
                        search == null || search.isBlank() ? null : search.strip(),
                        Choices.all("statuses", statuses, STATUSES),
                        order.equalsIgnoreCase("asc"),
                        paging.limit(),
                        paging.offset()),
                OrganizationPage.class);
    }
}
