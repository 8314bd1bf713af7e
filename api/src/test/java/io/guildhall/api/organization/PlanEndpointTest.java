package io.guildhall.api.organization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import io.guildhall.api.EndpointSlice;
import io.guildhall.domain.organization.OrganizationCommand.ChangePlan;
import io.guildhall.domain.organization.OrganizationRejections;
import io.guildhall.query.organization.FindOrganization;
import io.guildhall.query.organization.FindSummary;
import io.guildhall.query.organization.MembersSummaryView;
import io.guildhall.query.organization.SummaryView;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanEndpointTest extends EndpointSlice {

    private static final String ALL = "/v1/organizations/";
    private static final String ONE = ALL + OWN;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "POST | " + ONE + "/plan | {} | plan",
                "POST | " + ONE + "/plan | {\"plan\": 1} | plan",
                "POST | " + ONE + "/plan | | body",
                "POST | " + ALL + "no-id/plan | [ | id",
                "GET | " + ALL + "no-id/quotas | | organization_id",
                "GET | " + ALL + "no-id/summary | | organization_id"
            })
    void namesWhatIsWrong(String method, String path, String body, String field) throws Exception {
        call(method, path, body).andExpect(invalid(field));

        nothingSent();
    }

    @ParameterizedTest
    @CsvSource({"POST, /plan", "GET, /quotas", "GET, /summary"})
    void knowsNoOtherOrganizationWhateverTheBody(String method, String part) throws Exception {
        call(method, ALL + FOREIGN + part, "[").andExpect(problem(404, "no-such-organization"));

        nothingSent();
    }

    @ParameterizedTest
    @CsvSource({"POST, /plan", "GET, /quotas", "GET, /summary"})
    void rejectsCallersWithoutThePermission(String method, String part) throws Exception {
        call(By.NOBODY, method, ONE + part, "[").andExpect(problem(401, "unauthenticated"));
        call(By.SCOPED_TOKEN, method, ONE + part, "[").andExpect(problem(403, "insufficient-scope"));
        call(By.FORMER_MEMBER, method, ONE + part, "[").andExpect(problem(403, "not-a-member"));

        nothingSent();
    }

    @Test
    void changesThePlan() throws Exception {
        answer(new FindOrganization(ORGANIZATION), organization());

        call("POST", ONE + "/plan", "{\"plan\": \"pro\"}")
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.organization.id").value(OWN));

        assertThat(sent(ChangePlan.class)).isEqualTo(new ChangePlan(ORGANIZATION, "pro"));
    }

    @Test
    void passesOnWhyTheDomainRejects() throws Exception {
        reject(OrganizationRejections.seatsInUse("hobby", 1, 2, 1));

        call("POST", ONE + "/plan", "{\"plan\": \"hobby\"}")
                .andExpect(invalid("plan"))
                .andExpect(problem(400, "seats-in-use"));
    }

    @Test
    void showsTheQuotasOfThePlan() throws Exception {
        answer(new FindOrganization(ORGANIZATION), organization());

        get(ONE + "/quotas")
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.quotas.max_organization_members").value("3"));
    }

    @Test
    void summarizes() throws Exception {
        answer(
                new FindSummary(ORGANIZATION),
                new SummaryView(OWN, new MembersSummaryView("2", Map.of("PENDING", "1"))));

        get(ONE + "/summary")
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.summary.organization_id").value(OWN))
                .andExpect(jsonPath("$.summary.members.total").value("2"))
                .andExpect(jsonPath("$.summary.members.invitations_by_status.PENDING")
                        .value("1"))
                .andExpect(jsonPath("$.summary.apps.total").value("0"));
    }
}
