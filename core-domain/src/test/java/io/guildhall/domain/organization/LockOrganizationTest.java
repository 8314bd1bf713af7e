package io.guildhall.domain.organization;

import static io.guildhall.domain.Facts.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.domain.Decisions;
import io.guildhall.domain.TransparentPersonalData;
import io.guildhall.domain.organization.OrganizationCommand.ChangePlan;
import io.guildhall.domain.organization.OrganizationCommand.LockOrganization;
import io.guildhall.domain.organization.OrganizationCommand.UnlockOrganization;
import io.guildhall.domain.organization.OrganizationEvent.DeletionStarted;
import io.guildhall.domain.organization.OrganizationEvent.OrganizationDeleted;
import io.guildhall.domain.organization.OrganizationEvent.OrganizationLocked;
import io.guildhall.domain.organization.OrganizationEvent.OrganizationUnlocked;
import io.guildhall.domain.shared.ActorContext;
import org.junit.jupiter.api.Test;

class LockOrganizationTest {

    private static final ActorContext OPERATOR = ActorContext.byOperator("a-request");

    private final Decisions decisions = new Decisions().given(acme("starter"));

    @Test
    void locks() {
        decisions
                .when(new LockOrganization(ACME, "Unpaid"), OPERATOR)
                .expectEvents(new OrganizationLocked(ACME, TransparentPersonalData.sealed(ACME, "Unpaid")));
    }

    @Test
    void staysSilentTheSecondTime() {
        decisions
                .given(new OrganizationLocked(ACME, "Unpaid"))
                .when(new LockOrganization(ACME, "Unpaid"), OPERATOR)
                .expectSilence();
    }

    @Test
    void staysSilentOverADeletedOrganization() {
        decisions
                .given(deactivated(), new DeletionStarted(ACME), new OrganizationDeleted(ACME, "acme"))
                .when(new LockOrganization(ACME, "Unpaid"), OPERATOR)
                .expectSilence();
    }

    @Test
    void unlocks() {
        decisions
                .given(new OrganizationLocked(ACME, "Unpaid"))
                .when(new UnlockOrganization(ACME), OPERATOR)
                .expectEvents(new OrganizationUnlocked(ACME));
        decisions.when(new ChangePlan(ACME, "hobby"), by(ADA)).events();
    }

    @Test
    void staysSilentWhenThereIsNothingToUnlock() {
        decisions.when(new UnlockOrganization(ACME), OPERATOR).expectSilence();
    }

    @Test
    void refusesAnOrganizationNobodyFounded() {
        decisions
                .when(new LockOrganization(GLOBEX, "Unpaid"), OPERATOR)
                .expectRejection(OrganizationRejections.NO_SUCH_ORGANIZATION);
    }

    @Test
    void givesTheReasonInTheDetailOfTheRejectionAndKeepsItsMessage() {
        assertThat(OrganizationRejections.locked("unpaid").detail()).endsWith("The reason given is: unpaid");
        assertThat(OrganizationRejections.locked(null)).isEqualTo(OrganizationRejections.LOCKED);
    }
}
