package io.guildhall.api.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import com.jayway.jsonpath.JsonPath;
import io.guildhall.api.EndpointSlice;
import io.guildhall.domain.token.TokenCommand.IssueToken;
import io.guildhall.domain.token.TokenRejections;
import io.guildhall.infrastructure.encryption.TokenCodec;
import io.guildhall.query.token.FindToken;
import io.guildhall.query.token.TokenView;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IssueTokenEndpointTest extends EndpointSlice {

    private static final String ALL = "/v1/credentials";
    private static final String WISH = "{\"name\": \"deploy\", \"type\": \"USER\"}";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"type\": \"USER\"} | name",
                "{\"name\": \"deploy\"} | type",
                "{\"name\": \"deploy\", \"type\": \"USER\", \"organization_id\": \"x\"} | organization_id",
                "{\"name\": \"deploy\", \"type\": \"USER\", \"expires_at\": \"tomorrow\"} | expires_at",
                "{\"name\": \"deploy\", \"type\": \"USER\", \"scopes\": \"all\"} | scopes",
                "{\"name\": \"deploy\", \"type\": \"USER\", \"scopes\": [null]} | scopes[0]",
                "[] | body",
                " | body"
            })
    void namesWhatIsWrong(String body, String field) throws Exception {
        call("POST", ALL, body).andExpect(invalid(field));

        nothingSent();
    }

    @Test
    void knowsNoOtherOrganization() throws Exception {
        call("POST", ALL, "{\"name\": \"deploy\", \"type\": \"USER\", \"organization_id\": \"%s\"}".formatted(FOREIGN))
                .andExpect(problem(404, "no-such-organization"));

        nothingSent();
    }

    @ParameterizedTest
    @CsvSource({
        "NOBODY, 401, unauthenticated",
        "ORGANIZATION_TOKEN, 403, user-required",
        "SCOPED_TOKEN, 403, insufficient-scope",
        "FORMER_MEMBER, 403, not-a-member"
    })
    void rejectsCallersWithoutThePermission(By caller, int status, String type) throws Exception {
        call(caller, "POST", ALL, "[").andExpect(problem(status, type));

        nothingSent();
    }

    @Test
    void showsTheValueThatTheCommandHasTheHashOf() throws Exception {
        answer(
                FindToken.class,
                new TokenView(
                        FOREIGN, "USER", "deploy", "", USER.toString(), OWN, NOON, NOON, null, null, "ACTIVE", null));

        String reply = call("POST", ALL, WISH)
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.credential.id").value(FOREIGN))
                .andExpect(jsonPath("$.credential.name").value("deploy"))
                .andReturn()
                .getResponse()
                .getContentAsString();

        String value = JsonPath.read(reply, "$.credential.token");
        assertThat(value).hasSize(64).startsWith("gldt_");
        IssueToken command = sent(IssueToken.class);
        assertThat(command.tokenHash()).isEqualTo(TokenCodec.hash(value));
        assertThat(command.user()).isEqualTo(USER);
        assertThat(command.parent()).isNull();
        assertThat(reply).doesNotContain(command.tokenHash());
    }

    @Test
    void derivesFromTheTokenThatIssuesIt() throws Exception {
        answer(
                FindToken.class,
                new TokenView(
                        FOREIGN, "USER", "deploy", "", USER.toString(), OWN, NOON, NOON, null, null, "ACTIVE", null));

        call(By.USER_TOKEN, "POST", ALL, WISH).andExpect(status().isOk());

        assertThat(sent(IssueToken.class).parent()).isNotNull();
    }

    @Test
    void passesOnWhyTheDomainRejects() throws Exception {
        reject(TokenRejections.NAME_MALFORMED);

        call("POST", ALL, WISH).andExpect(invalid("name")).andExpect(problem(400, "token-name-malformed"));
    }
}
