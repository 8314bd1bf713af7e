package io.guildhall.api.organization;

import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import io.guildhall.api.EndpointSlice;
import io.guildhall.query.organization.ListOrganizations;
import io.guildhall.query.organization.OrganizationPage;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MyOrganizationsEndpointTest extends EndpointSlice {

    private static final String CURRENT = "/v1/account/organization";
    private static final String ALL = "/v1/account/organizations";

    @ParameterizedTest
    @CsvSource({"statuses=GONE, statuses", "order=random, order", "limit=0, limit", "offset=-1, offset"})
    void namesWhatIsWrong(String query, String field) throws Exception {
        get(ALL + "?" + query).andExpect(invalid(field));
    }

    @ParameterizedTest
    @CsvSource({
        "NOBODY, " + CURRENT + ", 401, unauthenticated",
        "SCOPED_TOKEN, " + CURRENT + ", 403, insufficient-scope",
        "FORMER_MEMBER, " + CURRENT + ", 403, not-a-member",
        "NOBODY, " + ALL + ", 401, unauthenticated",
        "ORGANIZATION_TOKEN, " + ALL + ", 403, user-required"
    })
    void rejectsCallersWithoutThePermission(By caller, String path, int status, String type) throws Exception {
        call(caller, "GET", path, null).andExpect(problem(status, type));
    }

    @Test
    void showsTheCurrentOrganization() throws Exception {
        get(CURRENT)
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.organization.id").value(OWN))
                .andExpect(jsonPath("$.organization.status").value("ACTIVE"));
    }

    @Test
    void listsTheOrganizationsOfThePerson() throws Exception {
        answer(
                new ListOrganizations(USER, null, "ac", List.of("ACTIVE"), false, 100, 0),
                new OrganizationPage(List.of(organization()), 100, 0, false));

        get(ALL + "?search=%20ac&statuses=ACTIVE&order=DESC&limit=500")
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.organizations[0].id").value(OWN))
                .andExpect(jsonPath("$.has_next").value(false));
    }

    @Test
    void listsTheOrganizationOfAnApiTokenOnly() throws Exception {
        answer(
                new ListOrganizations(USER, ORGANIZATION, null, List.of(), true, 20, 0),
                new OrganizationPage(List.of(organization()), 20, 0, false));

        call(By.USER_TOKEN, "GET", ALL, null).andExpect(status().isOk());
    }
}
