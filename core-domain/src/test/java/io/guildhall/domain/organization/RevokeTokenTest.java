package io.guildhall.domain.organization;

import static io.guildhall.domain.Facts.*;
import static io.guildhall.domain.TransparentPersonalData.sealed;

import io.guildhall.domain.token.TokenCommand.RevokeToken;
import io.guildhall.domain.token.TokenEvent.TokenDeactivated;
import io.guildhall.domain.token.TokenEvent.TokenIssued;
import io.guildhall.domain.token.TokenEvent.TokenRevoked;
import io.guildhall.domain.token.TokenRejections;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * API tokens stop working with the membership of their maker (R17); the value of an API token is shown once, and only
 * its hash is stored (R18).
 */
class RevokeTokenTest {

    private static final RevokeToken REVOKE = new RevokeToken(ACME, TOKEN);

    private final OrganizationFixture acme = new OrganizationFixture(acme("starter"), joined(ACME, BOB));

    @Test
    void isForEveryMember() {
        acme.given(token(TOKEN, ADA)).when(REVOKE, by(BOB)).expectEvents(new TokenRevoked(ACME, TOKEN, ADA, "REVOKED"));
    }

    @Test
    void isPossibleThroughTheTokenItself() {
        acme.given(token(TOKEN, ADA))
                .when(REVOKE, through(TOKEN, ADA))
                .expectEvents(new TokenRevoked(ACME, TOKEN, ADA, "REVOKED"));
    }

    @Test
    void isForGoodWhileTheTokenIsDeactivated() {
        acme.given(token(TOKEN, CAROL), new TokenDeactivated(ACME, TOKEN, CAROL, "MEMBERSHIP_ENDED"))
                .when(REVOKE, by(ADA))
                .expectEvents(new TokenRevoked(ACME, TOKEN, CAROL, "REVOKED"));
    }

    @Test
    void isPossibleWhenTheTokenHasExpired() {
        acme.given(token(TOKEN, ADA, NOW))
                .when(REVOKE, by(ADA))
                .expectEvents(new TokenRevoked(ACME, TOKEN, ADA, "REVOKED"));
    }

    @Test
    void takesAlongWhatWasMadeWithTheToken() {
        acme.given(
                        token(TOKEN, ADA),
                        madeWith(TOKEN, CHILD),
                        madeWith(CHILD, id("grandchild")),
                        token(id("other"), ADA))
                .when(REVOKE, by(BOB))
                .expectEvents(
                        new TokenRevoked(ACME, TOKEN, ADA, "REVOKED"),
                        new TokenRevoked(ACME, CHILD, ADA, "PARENT_REVOKED"),
                        new TokenRevoked(ACME, id("grandchild"), ADA, "PARENT_REVOKED"));
    }

    private static final UUID CHILD = id("child");

    private static TokenIssued madeWith(UUID parent, UUID token) {
        return new TokenIssued(
                ACME, token, ADA, "USER", sealed(ADA, "deploy"), sealed(ADA, ""), "sha256", null, null, parent, null);
    }

    @Test
    void staysSilentTheSecondTime() {
        acme.given(token(TOKEN, ADA), new TokenRevoked(ACME, TOKEN, ADA, "REVOKED"))
                .when(REVOKE, by(ADA))
                .expectSuccessfulHandlerExecution()
                .expectNoEvents();
    }

    @Test
    void refusesATokenThatNeverWas() {
        acme.when(REVOKE, by(ADA)).expectNoEvents().expectExceptionDetails(TokenRejections.NO_SUCH_TOKEN);
    }
}
