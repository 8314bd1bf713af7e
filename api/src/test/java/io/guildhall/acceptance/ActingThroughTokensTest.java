package io.guildhall.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** R19: the trail names the API token behind an act, also behind the session of an act. */
class ActingThroughTokensTest extends Served {

    @Test
    void isNamedInTheTrail() {
        Person founder = client.newcomer().founder("starter");
        Person.Token token = founder.token("USER");
        String session = client.as(token.value())
                .post("/v1/organizations/" + founder.organization() + "/switch")
                .ok()
                .text("token.id");
        String before = founder.invite(Client.unusedEmail());

        String byToken = founder.with(token.value()).invite(Client.unusedEmail());
        Person through = founder.with(session);
        through.client().delete("/v1/organization_invitations/" + byToken).ok();
        String bySession = through.invite(Client.unusedEmail());

        assertThat(tokenBehind(founder, before)).isEmpty();
        assertThat(tokenBehind(founder, byToken)).isEqualTo("credential:" + token.id());
        assertThat(tokenBehind(founder, bySession)).isEqualTo("credential:" + token.id());
    }

    private static String tokenBehind(Person member, String invitation) {
        return Trail.ofOrganization(member).of("created organization_invitation").stream()
                .filter(activity -> Trail.text(activity, "/object/id").equals(invitation))
                .map(activity -> Trail.text(activity, "/metadata/auth_token_ref"))
                .findFirst()
                .orElseThrow();
    }
}
