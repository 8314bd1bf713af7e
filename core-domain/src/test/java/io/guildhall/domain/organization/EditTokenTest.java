package io.guildhall.domain.organization;

import static io.guildhall.domain.Facts.*;
import static io.guildhall.domain.TransparentPersonalData.sealed;

import io.guildhall.domain.shared.Rejection;
import io.guildhall.domain.token.TokenCommand.EditToken;
import io.guildhall.domain.token.TokenEvent.TokenDeactivated;
import io.guildhall.domain.token.TokenEvent.TokenEdited;
import io.guildhall.domain.token.TokenEvent.TokenRevoked;
import io.guildhall.domain.token.TokenRejections;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The value of an API token is shown once, and only its hash is stored (R18). */
class EditTokenTest {

    private final OrganizationFixture acme = new OrganizationFixture(acme("starter"), joined(ACME, BOB));

    @Test
    void changesBoth() {
        describes(" release ", "by hand", "release", "by hand");
    }

    @Test
    void leavesTheDescriptionAsItIs() {
        describes("release", null, "release", "from the pipeline");
    }

    @Test
    void leavesTheNameAsItIs() {
        describes(null, "", "deploy", "");
    }

    @Test
    void staysSilentOverTheSame() {
        acme.given(token(TOKEN, ADA))
                .when(describe("deploy", "from the pipeline"), by(ADA))
                .expectSuccessfulHandlerExecution()
                .expectNoEvents();
    }

    @Test
    void staysSilentOverWhatWasSaidLast() {
        acme.given(token(TOKEN, ADA), new TokenEdited(ACME, TOKEN, ADA, sealed(ADA, "release"), sealed(ADA, "by hand")))
                .when(describe("release", null), by(ADA))
                .expectSuccessfulHandlerExecution()
                .expectNoEvents();
    }

    @Test
    void isForEveryMember() {
        acme.given(token(TOKEN, ADA))
                .when(describe("release", null), by(BOB))
                .expectEvents(
                        new TokenEdited(ACME, TOKEN, ADA, sealed(ADA, "release"), sealed(ADA, "from the pipeline")));
    }

    @Test
    void isPossibleWhileTheTokenIsDeactivated() {
        acme.given(token(TOKEN, CAROL), new TokenDeactivated(ACME, TOKEN, CAROL, "MEMBERSHIP_ENDED"))
                .when(describe("release", null), by(BOB))
                .expectEvents(new TokenEdited(
                        ACME, TOKEN, CAROL, sealed(CAROL, "release"), sealed(CAROL, "from the pipeline")));
    }

    /** Otherwise a key would be created for an erased user. */
    @Test
    void refusesATokenWhoseMakerWasErased() {
        acme.personalData.forget(CAROL, null);
        acme.given(token(TOKEN, CAROL), new TokenDeactivated(ACME, TOKEN, CAROL, "ERASED"))
                .when(describe("release", null), by(BOB))
                .expectNoEvents()
                .expectExceptionDetails(TokenRejections.MAKER_ERASED);
    }

    @Test
    void refusesAShortName() {
        refuses(describe("r", null), TokenRejections.NAME_MALFORMED);
    }

    @Test
    void refusesALongDescription() {
        refuses(describe(null, "d".repeat(1025)), TokenRejections.DESCRIPTION_MALFORMED);
    }

    @Test
    void refusesATokenThatNeverWas() {
        refuses(new EditToken(ACME, id("made up"), "release", null), TokenRejections.NO_SUCH_TOKEN);
    }

    @Test
    void refusesWhatWasRevoked() {
        acme.given(token(TOKEN, ADA), new TokenRevoked(ACME, TOKEN, ADA, "REVOKED"))
                .when(describe("release", null), by(ADA))
                .expectNoEvents()
                .expectExceptionDetails(TokenRejections.NO_SUCH_TOKEN);
    }

    private void describes(@Nullable String name, @Nullable String description, String newName, String newDescription) {
        acme.given(token(TOKEN, ADA))
                .when(describe(name, description), by(ADA))
                .expectEvents(new TokenEdited(ACME, TOKEN, ADA, sealed(ADA, newName), sealed(ADA, newDescription)));
    }

    private void refuses(EditToken command, Rejection reason) {
        acme.given(token(TOKEN, ADA)).when(command, by(ADA)).expectNoEvents().expectExceptionDetails(reason);
    }

    private static EditToken describe(@Nullable String name, @Nullable String description) {
        return new EditToken(ACME, TOKEN, name, description);
    }
}
