package io.guildhall.domain.organization;

import static io.guildhall.domain.Facts.*;

import io.guildhall.domain.Decisions;
import io.guildhall.domain.TransparentPersonalData;
import io.guildhall.domain.kernel.Act;
import io.guildhall.domain.organization.events.DeletionStarted;
import io.guildhall.domain.organization.events.OrganizationDeleted;
import io.guildhall.domain.organization.events.OrganizationLocked;
import io.guildhall.domain.organization.events.OrganizationUnlocked;
import org.junit.jupiter.api.Test;

class LockOrganizationTest {

    private static final Act OPERATOR = Act.byOperator("a-request");

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
        decisions.when(new ChoosePlan(ACME, "hobby"), by(ADA)).events();
    }

    @Test
    void staysSilentWhenThereIsNothingToUnlock() {
        decisions.when(new UnlockOrganization(ACME), OPERATOR).expectSilence();
    }

    @Test
    void refusesAnOrganizationNobodyFounded() {
        decisions
                .when(new LockOrganization(GLOBEX, "Unpaid"), OPERATOR)
                .expectRefusal(new OrganizationRefusal.NoSuchOrganization());
    }
}
