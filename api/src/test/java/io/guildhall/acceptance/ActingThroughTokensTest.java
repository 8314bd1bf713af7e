package io.guildhall.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** R19: the trail names the API token behind an act, also behind the session of an act. */
class ActingThroughTokensTest extends Served {

    @Test
    void isNamedInTheTrail() {
        Person creator = client.newcomer().creator("starter");
        Person.Token token = creator.token("USER");
        String session = client.as(token.value())
                .post("/v1/organizations/" + creator.organization() + "/switch")
                .ok()
                .text("token.id");
        String before = creator.invite(Client.unusedEmail());

        String byToken = creator.with(token.value()).invite(Client.unusedEmail());
        Person through = creator.with(session);
        through.client().delete("/v1/organization_invitations/" + byToken).ok();
        String bySession = through.invite(Client.unusedEmail());

        assertThat(tokenBehind(creator, before)).isEmpty();
        assertThat(tokenBehind(creator, byToken)).isEqualTo("credential:" + token.id());
        assertThat(tokenBehind(creator, bySession)).isEqualTo("credential:" + token.id());
    }

    private static String tokenBehind(Person member, String invitation) {
        return Trail.ofOrganization(member).of("created organization_invitation").stream()
                .filter(activity -> Trail.text(activity, "/object/id").equals(invitation))
                .map(activity -> Trail.text(activity, "/metadata/auth_token_ref"))
                .findFirst()
                .orElseThrow();
    }
}
