package io.guildhall.api.organization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import io.guildhall.api.EndpointSlice;
import io.guildhall.domain.organization.OrganizationCommand.CreateOrganization;
import io.guildhall.domain.organization.OrganizationCommand.UpdateOrganization;
import io.guildhall.domain.organization.OrganizationRejections;
import io.guildhall.query.organization.FindOrganization;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrganizationEndpointTest extends EndpointSlice {

    private static final String ALL = "/v1/organizations";
    private static final String ONE = ALL + "/" + OWN;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "POST | " + ALL + " | {} | name",
                "POST | " + ALL + " | {\"name\": 1} | name",
                "POST | " + ALL + " | [] | body",
                "POST | " + ALL + " | {\"name\": | body",
                "PUT | " + ONE + "/name | {} | name",
                "PATCH | " + ONE + " | {\"company\": \"yes\"} | company",
                "PATCH | " + ONE + "?update_mask=plan | {} | update_mask",
                "PUT | " + ONE + " | | body",
                "GET | " + ALL + "/no-id | | id",
                "PATCH | " + ALL + "/no-id | [] | id"
            })
    void namesWhatIsWrong(String method, String path, String body, String field) throws Exception {
        call(method, path, body).andExpect(invalid(field));

        nothingSent();
    }

    @ParameterizedTest
    @CsvSource({"GET, ''", "PUT, ''", "PATCH, ''", "PUT, /name"})
    void knowsNoOtherOrganizationWhateverTheBody(String method, String part) throws Exception {
        call(method, ALL + "/" + FOREIGN + part, "[").andExpect(problem(404, "no-such-organization"));

        nothingSent();
    }

    @ParameterizedTest
    @CsvSource({
        "NOBODY, POST, " + ALL + ", 401, unauthenticated",
        "USER_TOKEN, POST, " + ALL + ", 403, interactive-session-required",
        "ORGANIZATION_TOKEN, POST, " + ALL + ", 403, user-required",
        "NOBODY, GET, " + ONE + ", 401, unauthenticated",
        "SCOPED_TOKEN, GET, " + ONE + ", 403, insufficient-scope",
        "FORMER_MEMBER, GET, " + ONE + ", 403, not-a-member",
        "SCOPED_TOKEN, PATCH, " + ONE + ", 403, insufficient-scope",
        "FORMER_MEMBER, PUT, " + ONE + "/name, 403, not-a-member"
    })
    void rejectsCallersWithoutThePermission(By caller, String method, String path, int status, String type)
            throws Exception {
        call(caller, method, path, "[").andExpect(problem(status, type));

        nothingSent();
    }

    @Test
    void createsAnOrganization() throws Exception {
        answer(FindOrganization.class, organization());

        call("POST", ALL, "{\"name\": \"acme\"}")
                .andExpect(status().isOk())
                .andExpect(header().string("Guildhall-Position", "7"))
                .andExpect(jsonPath("$.organization.id").value(OWN))
                .andExpect(jsonPath("$.organization.name").value("acme"))
                .andExpect(jsonPath("$.organization.plan_updated_at").value("2026-01-31T12:00:00.000000Z"));

        CreateOrganization command = sent(CreateOrganization.class);
        assertThat(command.name()).isEqualTo("acme");
        assertThat(command.creator()).isEqualTo(USER);
    }

    @Test
    void passesOnWhyTheDomainRejects() throws Exception {
        reject(OrganizationRejections.NAME_TAKEN);

        call("POST", ALL, "{\"name\": \"acme\"}")
                .andExpect(invalid("name"))
                .andExpect(problem(400, "organization-name-taken"));
    }

    @Test
    void changesWhatTheBodyHas() throws Exception {
        answer(new FindOrganization(ORGANIZATION), organization());

        call("PATCH", ONE, "{\"billing_name\": \"Acme Ltd\", \"company\": true}")
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.organization.id").value(OWN));

        assertThat(sent(UpdateOrganization.class))
                .isEqualTo(new UpdateOrganization(
                        ORGANIZATION, null, Map.of("billing_name", "Acme Ltd", "company", "true")));
    }

    @Test
    void renames() throws Exception {
        answer(new FindOrganization(ORGANIZATION), organization());

        call("PUT", ONE + "/name", "{\"name\": \"acme\"}").andExpect(status().isOk());

        assertThat(sent(UpdateOrganization.class)).isEqualTo(new UpdateOrganization(ORGANIZATION, "acme", Map.of()));
    }
}
