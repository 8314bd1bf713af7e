package io.guildhall.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The trail can be searched, and paged through while it grows. */
@Tag("e2e")
class ActivitySearchTest {

    private final TestUser ada =
            ServiceProcesses.pair().get(0).client().newcomer().creator("scale");
    private final TestUser bob =
            ada.welcome(ServiceProcesses.pair().get(0).client().newcomer());

    @Test
    void findsByQualifiersAndByParameters() {
        TestUser.Token token = ada.token("USER");
        ada.with(token.value()).invite(Client.unusedEmail());

        assertThat(search("type:credential")).containsExactly("created credential");
        assertThat(search("actor:" + bob.email()))
                .containsExactly("accepted organization_invitation", "joined organization_member");
        assertThat(search("-actor:" + ada.email() + " type:organization_member"))
                .containsExactly("joined organization_member");
        assertThat(search("token:" + token.id())).containsExactly("created organization_invitation");
        assertThat(search("\"" + bob.name() + "\"")).containsExactly("joined organization_member");
        assertThat(search("object:" + token.id() + " created:2020-01-01..*")).hasSize(1);
        assertThat(search("created:<2020-01-01")).isEmpty();
        assertThat(said("?types=credential&verb=created&order=asc&since=2020-01-01"))
                .containsExactly("created credential");
        assertThat(said("?until=2020-01-01T00:00:00Z")).isEmpty();
        assertThat(said("?actor=" + ada.id() + "&object=" + token.id() + "&token="))
                .hasSize(1);
    }

    @Test
    void goesOnWhereAPageEndedWhileMoreIsAdded() {
        List<String> before = ids("?limit=100");
        List<String> walked = new ArrayList<>();
        String path = "?limit=3";
        while (true) {
            Reply page = ada.client().get("/v1/activities" + path).ok();
            page.at("activities").forEach(activity -> walked.add(PagedTrail.text(activity, "/id")));
            ada.invite(Client.unusedEmail());
            if (!page.at("has_next").booleanValue()) {
                assertThat(page.at("next_cursor").isMissingNode()).isTrue();
                break;
            }
            path = "?limit=3&cursor=" + page.text("next_cursor");
        }

        assertThat(walked).containsExactlyElementsOf(before);
        assertThat(ids("?limit=2&offset=1"))
                .containsExactlyElementsOf(ids("?limit=3").subList(1, 3));
    }

    @Test
    void refusesWhatCannotBeMeant() {
        String cursor = ada.client().get("/v1/activities?limit=1").ok().text("next_cursor");

        assertMalformed("q=colour%3Ared", "q");
        assertMalformed("since=soon", "since");
        assertMalformed("object=acme", "object");
        assertMalformed("order=sideways", "order");
        assertMalformed("cursor=xyz", "cursor");
        assertMalformed("limit=1&order=asc&cursor=" + cursor, "cursor");
        assertMalformed("limit=1&types=user&cursor=" + cursor, "cursor");
        assertMalformed("limit=1&offset=2&cursor=" + cursor, "offset");
        Reply other = ServiceProcesses.pair()
                .get(0)
                .client()
                .newcomer()
                .creator("starter")
                .client()
                .get("/v1/activities?limit=1&cursor=" + cursor);
        assertThat(other.status()).isEqualTo(400);
    }

    private void assertMalformed(String query, String field) {
        Reply reply = ada.client().get("/v1/activities?" + query);
        assertThat(reply.status()).as(query).isEqualTo(400);
        assertThat(reply.text("fields.0.field")).isEqualTo(field);
    }

    private List<String> search(String text) {
        return said("?order=asc&q=" + URLEncoder.encode(text, StandardCharsets.UTF_8));
    }

    private List<String> said(String query) {
        List<String> said = new ArrayList<>();
        ada.client()
                .get("/v1/activities" + query)
                .ok()
                .at("activities")
                .forEach(activity ->
                        said.add(PagedTrail.text(activity, "/verb") + " " + PagedTrail.text(activity, "/object/type")));
        return said;
    }

    private List<String> ids(String query) {
        List<String> ids = new ArrayList<>();
        ada.client()
                .get("/v1/activities" + query)
                .ok()
                .at("activities")
                .forEach(activity -> ids.add(PagedTrail.text(activity, "/id")));
        return ids;
    }
}
