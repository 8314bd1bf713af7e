package io.guildhall.api.organization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.verify;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import io.guildhall.api.EndpointSlice;
import io.guildhall.api.ratelimit.RateLimitedAction;
import io.guildhall.domain.organization.OrganizationCommand.DeactivateOrganization;
import io.guildhall.domain.organization.OrganizationCommand.DeleteOrganization;
import io.guildhall.domain.organization.OrganizationCommand.ReactivateOrganization;
import io.guildhall.domain.organization.OrganizationCommand.RequestDeactivation;
import io.guildhall.domain.organization.OrganizationRejections;
import io.guildhall.query.organization.FindOrganization;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrganizationLifecycleEndpointTest extends EndpointSlice {

    private static final String ALL = "/v1/organizations/";
    private static final String ONE = ALL + OWN;

    @BeforeEach
    void show() {
        answer(new FindOrganization(ORGANIZATION), organization());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "POST | " + ONE + "/deactivate | {\"skip_confirmation\": \"yes\"} | skip_confirmation",
                "POST | " + ONE + "/deactivate | [] | body",
                "POST | " + ALL + "no-id/deactivate | {} | id",
                "POST | " + ALL + "no-id/reactivate | | id",
                "DELETE | " + ALL + "no-id | | id"
            })
    void namesWhatIsWrong(String method, String path, String body, String field) throws Exception {
        call(method, path, body).andExpect(invalid(field));

        nothingSent();
    }

    @ParameterizedTest
    @CsvSource({"POST, /deactivate", "POST, /reactivate", "DELETE, ''"})
    void knowsNoOtherOrganizationWhateverTheBody(String method, String part) throws Exception {
        call(method, ALL + FOREIGN + part, "[").andExpect(problem(404, "no-such-organization"));

        nothingSent();
    }

    @ParameterizedTest
    @CsvSource({"POST, /deactivate", "POST, /reactivate", "DELETE, ''"})
    void rejectsCallersWithoutThePermission(String method, String part) throws Exception {
        call(By.NOBODY, method, ONE + part, "[").andExpect(problem(401, "unauthenticated"));
        call(By.SCOPED_TOKEN, method, ONE + part, "[").andExpect(problem(403, "insufficient-scope"));
        call(By.FORMER_MEMBER, method, ONE + part, "[").andExpect(problem(403, "not-a-member"));

        nothingSent();
    }

    @Test
    void mailsALinkBeforeItDeactivates() throws Exception {
        call("POST", ONE + "/deactivate", null)
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.organization.id").value(OWN));

        assertThat(sent(RequestDeactivation.class).organization()).isEqualTo(ORGANIZATION);
        verify(limiter).counted(eq(List.of(RateLimitedAction.DEACTIVATIONS_PER_ORGANIZATION.by(ORGANIZATION))), any());
    }

    @Test
    void skipsTheConfirmationForAPersonOnly() throws Exception {
        String skip = "{\"skip_confirmation\": true}";
        call(By.USER_TOKEN, "POST", ONE + "/deactivate", skip).andExpect(problem(403, "interactive-session-required"));
        nothingSent();

        call("POST", ONE + "/deactivate", skip)
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.organization.id").value(OWN));

        assertThat(sent(DeactivateOrganization.class)).isEqualTo(new DeactivateOrganization(ORGANIZATION));
        verify(jobs).runNow(OrganizationLifecycleSaga.JOB);
    }

    @Test
    void reactivates() throws Exception {
        call("POST", ONE + "/reactivate", null)
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.organization.id").value(OWN));

        assertThat(sent(ReactivateOrganization.class)).isEqualTo(new ReactivateOrganization(ORGANIZATION));
    }

    @Test
    void deletes() throws Exception {
        call("DELETE", ONE, null)
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.organization.id").value(OWN));

        assertThat(sent(DeleteOrganization.class)).isEqualTo(new DeleteOrganization(ORGANIZATION));
        verify(jobs).runNow(OrganizationLifecycleSaga.JOB);
    }

    @Test
    void passesOnWhyTheDomainRejects() throws Exception {
        reject(OrganizationRejections.NOT_DEACTIVATED);

        call("DELETE", ONE, null)
                .andExpect(problem(400, "organization-not-deactivated"))
                .andExpect(jsonPath("$.code").value("failed_precondition"));
    }
}
