package io.guildhall.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** R19: the trail names the API token behind an act, also behind the session of an act. */
class TokenAttributionTest extends AcceptanceTestBase {

    @Test
    void isNamedInTheTrail() {
        TestUser creator = client.newcomer().creator("starter");
        TestUser.Token token = creator.token("USER");
        String session = client.as(token.value())
                .post("/v1/organizations/" + creator.organization() + "/switch")
                .ok()
                .text("token.id");
        String before = creator.invite(Client.unusedEmail());

        String byToken = creator.with(token.value()).invite(Client.unusedEmail());
        TestUser through = creator.with(session);
        through.client().delete("/v1/organization_invitations/" + byToken).ok();
        String bySession = through.invite(Client.unusedEmail());

        assertThat(tokenBehind(creator, before)).isEmpty();
        assertThat(tokenBehind(creator, byToken)).isEqualTo("credential:" + token.id());
        assertThat(tokenBehind(creator, bySession)).isEqualTo("credential:" + token.id());
    }

    private static String tokenBehind(TestUser member, String invitation) {
        return PagedTrail.ofOrganization(member).of("created organization_invitation").stream()
                .filter(activity -> PagedTrail.text(activity, "/object/id").equals(invitation))
                .map(activity -> PagedTrail.text(activity, "/metadata/auth_token_ref"))
                .findFirst()
                .orElseThrow();
    }
}
