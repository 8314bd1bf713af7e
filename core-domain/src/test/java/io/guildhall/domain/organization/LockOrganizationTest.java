package io.guildhall.domain.organization;

import static io.guildhall.domain.Facts.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.domain.TransparentPersonalData;
import io.guildhall.domain.organization.OrganizationCommand.LockOrganization;
import io.guildhall.domain.organization.OrganizationCommand.UnlockOrganization;
import io.guildhall.domain.organization.OrganizationEvent.DeletionStarted;
import io.guildhall.domain.organization.OrganizationEvent.OrganizationDeleted;
import io.guildhall.domain.organization.OrganizationEvent.OrganizationLocked;
import io.guildhall.domain.organization.OrganizationEvent.OrganizationUnlocked;
import org.junit.jupiter.api.Test;

class LockOrganizationTest {

    private final OrganizationFixture acme = new OrganizationFixture(acme("starter"));

    @Test
    void locks() {
        acme.when(new LockOrganization(ACME, "Unpaid"), byOperator())
                .expectEvents(new OrganizationLocked(ACME, TransparentPersonalData.sealed(ACME, "Unpaid")));
    }

    @Test
    void staysSilentTheSecondTime() {
        acme.given(new OrganizationLocked(ACME, "Unpaid"))
                .when(new LockOrganization(ACME, "Unpaid"), byOperator())
                .expectSuccessfulHandlerExecution()
                .expectNoEvents();
    }

    @Test
    void staysSilentOverADeletedOrganization() {
        acme.given(deactivated(), new DeletionStarted(ACME), new OrganizationDeleted(ACME, "acme"))
                .when(new LockOrganization(ACME, "Unpaid"), byOperator())
                .expectSuccessfulHandlerExecution()
                .expectNoEvents();
    }

    @Test
    void unlocks() {
        acme.given(new OrganizationLocked(ACME, "Unpaid"))
                .when(new UnlockOrganization(ACME), byOperator())
                .expectEvents(new OrganizationUnlocked(ACME));
    }

    @Test
    void staysSilentWhenThereIsNothingToUnlock() {
        acme.when(new UnlockOrganization(ACME), byOperator())
                .expectSuccessfulHandlerExecution()
                .expectNoEvents();
    }

    @Test
    void refusesAnOrganizationNobodyFounded() {
        new OrganizationFixture()
                .when(new LockOrganization(ACME, "Unpaid"), byOperator())
                .expectExceptionDetails(OrganizationRejections.NO_SUCH_ORGANIZATION);
    }

    @Test
    void givesTheReasonInTheDetailOfTheRejectionAndKeepsItsMessage() {
        assertThat(OrganizationRejections.locked("unpaid").detail()).endsWith("The reason given is: unpaid");
        assertThat(OrganizationRejections.locked(null)).isEqualTo(OrganizationRejections.LOCKED);
    }
}
