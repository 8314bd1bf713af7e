package io.guildhall.domain.user;

import static io.guildhall.domain.Facts.*;

import io.guildhall.domain.user.UserCommand.RaiseMembershipLimit;
import io.guildhall.domain.user.UserEvent.MembershipLimitRaised;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A user is a member of at most five organizations (R6). */
class RaiseMembershipLimitTest {

    private final UserFixture ada = new UserFixture(user(ADA, "ada@example.com"));

    @ParameterizedTest
    @ValueSource(ints = {6, 25, 1_000_000})
    void raisesIt(int limit) {
        ada.when(new RaiseMembershipLimit(ADA, limit)).expectEvents(new MembershipLimitRaised(ADA, limit));
    }

    @Test
    void staysSilentOverTheLimitAsItIs() {
        ada.when(new RaiseMembershipLimit(ADA, 5))
                .expectSuccessfulHandlerExecution()
                .expectNoEvents();
        ada.given(new MembershipLimitRaised(ADA, 25))
                .when(new RaiseMembershipLimit(ADA, 25))
                .expectSuccessfulHandlerExecution()
                .expectNoEvents();
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, 0, 4, 1_000_001, Integer.MAX_VALUE})
    void refusesWhatIsOutOfRange(int limit) {
        ada.when(new RaiseMembershipLimit(ADA, limit))
                .expectExceptionDetails(UserRejections.MEMBERSHIP_LIMIT_OUT_OF_RANGE);
    }

    @Test
    void neverLowersIt() {
        ada.given(new MembershipLimitRaised(ADA, 25))
                .when(new RaiseMembershipLimit(ADA, 24))
                .expectExceptionDetails(UserRejections.MEMBERSHIP_LIMIT_OUT_OF_RANGE);
    }
}
