package io.guildhall.api.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import io.guildhall.api.EndpointSlice;
import io.guildhall.domain.token.TokenCommand.EditToken;
import io.guildhall.domain.token.TokenCommand.RevokeToken;
import io.guildhall.domain.token.TokenRejections;
import io.guildhall.query.token.FindToken;
import io.guildhall.query.token.ListTokens;
import io.guildhall.query.token.ListTokensAsOf;
import io.guildhall.query.token.TokenPage;
import io.guildhall.query.token.TokenView;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenEndpointTest extends EndpointSlice {

    private static final String ALL = "/v1/credentials";

    private final UUID token = UUID.randomUUID();
    private final String one = ALL + "/" + token;

    private TokenView view() {
        return new TokenView(
                token.toString(), "USER", "deploy", "", USER.toString(), OWN, NOON, NOON, null, null, "ACTIVE", null);
    }

    @ParameterizedTest
    @CsvSource({
        "organization_id=x, organization_id",
        "user_id=x, user_id",
        "type=ADMIN, type",
        "as_of=yesterday, as_of",
        "as_of=2999-01-01T00:00:00Z, as_of",
        "limit=0, limit"
    })
    void namesTheParameterThatIsWrong(String query, String field) throws Exception {
        get(ALL + "?" + query).andExpect(invalid(field));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {"{\"name\": 1} | | name", "{} | ?update_mask=token_hash | update_mask", "[] | | body", " | | body"
            })
    void namesTheFieldThatIsWrong(String body, String query, String field) throws Exception {
        answer(new FindToken(ORGANIZATION, token), view());

        call("PATCH", one + (query == null ? "" : query), body).andExpect(invalid(field));

        nothingSent();
    }

    @ParameterizedTest
    @CsvSource({"GET", "PUT", "PATCH", "DELETE"})
    void rejectsWhatIsNoId(String method) throws Exception {
        call(method, ALL + "/no-id", "[").andExpect(invalid("id"));

        nothingSent();
    }

    @ParameterizedTest
    @CsvSource({"GET", "PUT", "PATCH"})
    void knowsNoTokenOfOtherOrganizationsWhateverTheBody(String method) throws Exception {
        call(method, ALL + "/" + FOREIGN, "[").andExpect(problem(404, "not-found"));

        nothingSent();
    }

    @Test
    void knowsNoOtherOrganization() throws Exception {
        get(ALL + "?organization_id=" + FOREIGN).andExpect(problem(404, "no-such-organization"));

        reject(TokenRejections.NO_SUCH_TOKEN);
        call("DELETE", ALL + "/" + FOREIGN, "[").andExpect(problem(404, "no-such-token"));
    }

    @ParameterizedTest
    @CsvSource({"GET, ''", "GET, /" + FOREIGN, "PATCH, /" + FOREIGN, "DELETE, /" + FOREIGN})
    void rejectsCallersWithoutThePermission(String method, String part) throws Exception {
        call(By.NOBODY, method, ALL + part, "[").andExpect(problem(401, "unauthenticated"));
        call(By.SCOPED_TOKEN, method, ALL + part, "[").andExpect(problem(403, "insufficient-scope"));
        call(By.FORMER_MEMBER, method, ALL + part, "[").andExpect(problem(403, "not-a-member"));

        nothingSent();
    }

    @Test
    void listsTokensOfNowAndOfThen() throws Exception {
        var page = new TokenPage(List.of(view()), 20, 0, 1);
        answer(new ListTokens(ORGANIZATION, "USER", "deploy", null, 20, 0), page);
        answer(new ListTokensAsOf(ORGANIZATION, null, null, USER, NOON, 20, 0), page);

        get(ALL + "?type=USER&name=deploy&organization_id=" + OWN)
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.credentials[0].id").value(token.toString()))
                .andExpect(jsonPath("$.count").value(1));
        get(ALL + "?type=INVALID&as_of=2026-01-31T12:00:00Z&user_id=" + USER).andExpect(status().isOk());
    }

    @Test
    void showsATokenWithoutItsValue() throws Exception {
        answer(new FindToken(ORGANIZATION, token), view());

        get(one).andExpect(status().isOk())
                .andExpect(jsonPath("$.credential.id").value(token.toString()))
                .andExpect(jsonPath("$.credential.status").value("ACTIVE"))
                .andExpect(jsonPath("$.credential.token").doesNotExist());
    }

    @Test
    void editsWhatTheMaskNames() throws Exception {
        answer(new FindToken(ORGANIZATION, token), view());

        call("PATCH", one + "?update_mask=description,scopes", "{\"name\": \"ignored\"}")
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.credential.name").value("deploy"));

        assertThat(sent(EditToken.class)).isEqualTo(new EditToken(ORGANIZATION, token, null, ""));
    }

    @Test
    void revokes() throws Exception {
        call("DELETE", one, null).andExpect(status().isOk()).andExpect(content().string("{}"));

        assertThat(sent(RevokeToken.class)).isEqualTo(new RevokeToken(ORGANIZATION, token));
    }
}
