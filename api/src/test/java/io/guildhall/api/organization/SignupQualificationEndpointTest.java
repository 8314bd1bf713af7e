package io.guildhall.api.organization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import io.guildhall.api.EndpointSlice;
import io.guildhall.domain.organization.OrganizationCommand.AnswerSignupQualification;
import io.guildhall.query.organization.FindOrganization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignupQualificationEndpointTest extends EndpointSlice {

    private static final String ALL = "/v1/organizations/";
    private static final String PART = "/signup_qualification";
    private static final String ONE = ALL + OWN + PART;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                ONE + " | {} | signup_qualification",
                ONE + " | {\"signup_qualification\": []} | signup_qualification",
                ONE + " | | body",
                ALL + "no-id" + PART + " | [ | id"
            })
    void namesWhatIsWrong(String path, String body, String field) throws Exception {
        call("POST", path, body).andExpect(invalid(field));

        nothingSent();
    }

    @Test
    void limitsTheLength() throws Exception {
        call("POST", ONE, "{\"signup_qualification\": {\"a\": \"%s\"}}".formatted("x".repeat(17_000)))
                .andExpect(invalid("signup_qualification"));

        nothingSent();
    }

    @Test
    void knowsNoOtherOrganizationWhateverTheBody() throws Exception {
        call("POST", ALL + FOREIGN + PART, "[").andExpect(problem(404, "no-such-organization"));

        nothingSent();
    }

    @ParameterizedTest
    @CsvSource({
        "NOBODY, 401, unauthenticated",
        "SCOPED_TOKEN, 403, insufficient-scope",
        "FORMER_MEMBER, 403, not-a-member"
    })
    void rejectsCallersWithoutThePermission(By caller, int status, String type) throws Exception {
        call(caller, "POST", ONE, "[").andExpect(problem(status, type));

        nothingSent();
    }

    @Test
    void keepsTheAnswersAsTheyAre() throws Exception {
        answer(new FindOrganization(ORGANIZATION), organization());

        call("POST", ONE, "{\"signup_qualification\": {\"usedBefore\": true}}")
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.organization.id").value(OWN));

        assertThat(sent(AnswerSignupQualification.class).answers()).isEqualTo("{\"usedBefore\":true}");
    }
}
