package io.guildhall.api.organization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import io.guildhall.api.EndpointSlice;
import io.guildhall.domain.organization.OrganizationCommand.SetActivityRetention;
import io.guildhall.domain.organization.OrganizationRejections;
import io.guildhall.query.organization.ActivityRetentionView;
import io.guildhall.query.organization.FindActivityRetention;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ActivityRetentionEndpointTest extends EndpointSlice {

    private static final String ALL = "/v1/organizations/";
    private static final String PART = "/activity_retention";
    private static final String ONE = ALL + OWN + PART;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "PUT | " + ONE + " | {\"days\": \"30\"} | days",
                "PUT | " + ONE + " | {\"days\": 1.5} | days",
                "PUT | " + ONE + " | | body",
                "PUT | " + ALL + "no-id" + PART + " | [ | id",
                "GET | " + ALL + "no-id" + PART + " | | id"
            })
    void namesWhatIsWrong(String method, String path, String body, String field) throws Exception {
        call(method, path, body).andExpect(invalid(field));

        nothingSent();
    }

    @ParameterizedTest
    @CsvSource({"GET", "PUT"})
    void knowsNoOtherOrganizationWhateverTheBody(String method) throws Exception {
        call(method, ALL + FOREIGN + PART, "[").andExpect(problem(404, "no-such-organization"));

        nothingSent();
    }

    @ParameterizedTest
    @CsvSource({"GET", "PUT"})
    void rejectsCallersWithoutThePermission(String method) throws Exception {
        call(By.NOBODY, method, ONE, "[").andExpect(problem(401, "unauthenticated"));
        call(By.SCOPED_TOKEN, method, ONE, "[").andExpect(problem(403, "insufficient-scope"));
        call(By.FORMER_MEMBER, method, ONE, "[").andExpect(problem(403, "not-a-member"));

        nothingSent();
    }

    @Test
    void setsAndShowsTheRetention() throws Exception {
        answer(new FindActivityRetention(ORGANIZATION), new ActivityRetentionView("starter", 30L));

        call("PUT", ONE, "{\"days\": 30}")
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.activity_retention.days").value(30))
                .andExpect(jsonPath("$.activity_retention.shown_days").value(30));

        assertThat(sent(SetActivityRetention.class)).isEqualTo(new SetActivityRetention(ORGANIZATION, 30L));
    }

    @Test
    void passesOnWhyTheDomainRejects() throws Exception {
        reject(OrganizationRejections.ACTIVITY_RETENTION_TOO_SHORT);

        call("PUT", ONE, "{\"days\": 0}")
                .andExpect(invalid("days"))
                .andExpect(problem(400, "activity-retention-too-short"));
    }
}
