package io.guildhall.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who and what was in an organization at a moment of its past, by the times of its trail. */
class AsOfTest extends AcceptanceTestBase {

    private TestUser ada;

    @BeforeEach
    void anOrganization() {
        ada = client.newcomer().creator("pro");
    }

    @Test
    void showsMembersInvitationsAndTokensOfThen() {
        TestUser bob = client.newcomer();
        String invitation = ada.invite(bob.email());
        bob.accept(invitation).ok();
        TestUser.Token token = bob.in(ada.organization()).token("USER");
        ada.client()
                .patch("/v1/credentials/" + token.id(), Map.of("name", "another name"))
                .ok();
        ada.remove(bob.in(ada.organization()).membership()).ok();

        String invited = timeOf("created", "organization_invitation");
        String joined = timeOf("joined", "organization_member");
        String issued = timeOf("created", "credential");
        String removed = timeOf("revoked", "organization_member");
        assertThat(members(invited)).containsExactly(ada.name());
        assertThat(members(joined)).containsExactlyInAnyOrder(ada.name(), bob.name());
        assertThat(members(removed)).containsExactly(ada.name());
        assertThat(statuses(invited)).containsExactly("PENDING");
        assertThat(statuses(joined)).containsExactly("ACCEPTED");
        assertThat(tokens(joined)).isEmpty();
        assertThat(tokens(issued)).containsExactly("token of " + bob.id() + " ACTIVE");
        assertThat(tokens(timeOf("deactivated", "credential"))).containsExactly("another name DEACTIVATED");
        Reply second = ada.client()
                .get("/v1/organization_members?limit=1&offset=1&as_of=" + joined)
                .ok();
        assertThat(second.at("count").intValue()).isEqualTo(2);
        assertThat(second.at("members").size()).isEqualTo(1);
        assertThat(ada.client()
                        .get("/v1/organization_invitations?statuses=PENDING&as_of=" + joined)
                        .ok()
                        .at("count")
                        .intValue())
                .isZero();
    }

    @Test
    void refusesWhatIsNoTimeOfThePastAndWhatIsNotOneOrganizations() {
        for (String path : List.of("/v1/organization_members", "/v1/organization_invitations", "/v1/credentials")) {
            for (String time : List.of("2999-01-01T00:00:00Z", "2026-01-01", "noon")) {
                assertThat(ada.client()
                                .get(path + "?as_of=" + time)
                                .refused(400)
                                .fields())
                        .containsExactly("as_of");
            }
        }
        String own = "?as_of=2026-01-01T00:00:00Z&user_id=" + ada.id();
        assertThat(ada.client()
                        .get("/v1/organization_members" + own)
                        .refused(400)
                        .fields())
                .containsExactly("as_of");
        assertThat(ada.client()
                        .get("/v1/organization_invitations" + own)
                        .refused(400)
                        .fields())
                .containsExactly("as_of");
    }

    private List<String> members(String moment) {
        return ada.client().get("/v1/organization_members?as_of=" + moment).ok().texts("members", "user.name");
    }

    private List<String> statuses(String moment) {
        return ada.client()
                .get("/v1/organization_invitations?as_of=" + moment)
                .ok()
                .texts("invitations", "status");
    }

    private List<String> tokens(String moment) {
        Reply reply = ada.client().get("/v1/credentials?as_of=" + moment).ok();
        List<String> names = reply.texts("credentials", "name");
        List<String> statuses = reply.texts("credentials", "status");
        return IntStream.range(0, names.size())
                .mapToObj(i -> names.get(i) + " " + statuses.get(i))
                .toList();
    }

    /** The last of its kind. */
    private String timeOf(String verb, String type) {
        return ada.client()
                .get("/v1/activities?verb=" + verb + "&types=" + type)
                .ok()
                .text("activities.0.created_at");
    }
}
