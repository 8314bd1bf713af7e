package io.guildhall.domain.user;

import static io.guildhall.domain.Facts.*;

import io.guildhall.domain.Decisions;
import io.guildhall.domain.user.UserCommand.RaiseMembershipLimit;
import io.guildhall.domain.user.UserEvent.MembershipLimitRaised;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A user is a member of at most five organizations (R6). */
class RaiseMembershipLimitTest {

    private final Decisions decisions = new Decisions().given(user(ADA, "ada@example.com"));

    @ParameterizedTest
    @ValueSource(ints = {6, 25, 1_000_000})
    void raisesIt(int limit) {
        decisions.when(new RaiseMembershipLimit(ADA, limit)).expectEvents(new MembershipLimitRaised(ADA, limit));
    }

    @Test
    void staysSilentOverTheLimitAsItIs() {
        decisions.when(new RaiseMembershipLimit(ADA, 5)).expectSilence();
        decisions
                .given(new MembershipLimitRaised(ADA, 25))
                .when(new RaiseMembershipLimit(ADA, 25))
                .expectSilence();
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, 0, 4, 1_000_001, Integer.MAX_VALUE})
    void refusesWhatIsOutOfRange(int limit) {
        decisions
                .when(new RaiseMembershipLimit(ADA, limit))
                .expectRejection(UserRejections.MEMBERSHIP_LIMIT_OUT_OF_RANGE);
    }

    @Test
    void neverLowersIt() {
        decisions
                .given(new MembershipLimitRaised(ADA, 25))
                .when(new RaiseMembershipLimit(ADA, 24))
                .expectRejection(UserRejections.MEMBERSHIP_LIMIT_OUT_OF_RANGE);
    }
}
