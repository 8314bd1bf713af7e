package io.guildhall.domain.organization;

import static io.guildhall.domain.Facts.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.domain.organization.OrganizationCommand.SetActivityRetention;
import io.guildhall.domain.organization.OrganizationEvent.ActivityRetentionSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The plan starter shows activities for 90 days, hobby without limit. */
class SetActivityRetentionTest {

    @ParameterizedTest
    @ValueSource(longs = {1, 90})
    void takesWhatThePlanAllows(long days) {
        new OrganizationFixture(acme("starter"))
                .when(new SetActivityRetention(ACME, days), by(ADA))
                .expectEvents(new ActivityRetentionSet(ACME, 0, (int) days));
    }

    @Test
    void refusesMoreThanThePlanAllowsAndSaysHowMuchItDoes() {
        var beyond = OrganizationRejections.activityRetentionBeyondPlan("starter", 90);
        new OrganizationFixture(acme("starter"))
                .when(new SetActivityRetention(ACME, 91L), by(ADA))
                .expectExceptionDetails(beyond);
        assertThat(beyond.message()).contains("starter", "90 days");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1})
    void refusesLessThanADay(long days) {
        new OrganizationFixture(acme("hobby"))
                .when(new SetActivityRetention(ACME, days), by(ADA))
                .expectExceptionDetails(OrganizationRejections.ACTIVITY_RETENTION_TOO_SHORT);
    }

    @Test
    void refusesWhatCannotBeCounted() {
        new OrganizationFixture(acme("hobby"))
                .when(new SetActivityRetention(ACME, Long.MAX_VALUE), by(ADA))
                .expectExceptionDetails(OrganizationRejections.activityRetentionBeyondPlan("hobby", 36_500));
    }

    @Test
    void canBeGivenUp() {
        new OrganizationFixture(acme("starter"), new ActivityRetentionSet(ACME, 0, 30))
                .when(new SetActivityRetention(ACME, null), by(ADA))
                .expectEvents(new ActivityRetentionSet(ACME, 30, 0));
    }

    @Test
    void staysSilentOverWhatItIs() {
        new OrganizationFixture(acme("starter"), new ActivityRetentionSet(ACME, 0, 30))
                .when(new SetActivityRetention(ACME, 30L), by(ADA))
                .expectSuccessfulHandlerExecution()
                .expectNoEvents();
    }
}
