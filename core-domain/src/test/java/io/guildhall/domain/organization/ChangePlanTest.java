package io.guildhall.domain.organization;

import static io.guildhall.domain.Facts.*;
import static io.guildhall.domain.TransparentPersonalData.sealed;
import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.domain.Decisions;
import io.guildhall.domain.TestPlanCatalog;
import io.guildhall.domain.organization.OrganizationCommand.ChangePlan;
import io.guildhall.domain.organization.OrganizationEvent.BillingInformationProvided;
import io.guildhall.domain.organization.OrganizationEvent.PlanChanged;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A plan with a price needs billing information (R8); a plan with fewer seats than are in use is refused (R10). */
class ChangePlanTest {

    @Test
    void changesToAPlanWithoutAPriceAtOnce() {
        new Decisions()
                .given(acme("hobby"))
                .when(new ChangePlan(ACME, "starter"), by(ADA))
                .expectEvents(new PlanChanged(ACME, "hobby", "starter"));
    }

    @Test
    void staysSilentOverThePlanAsItIs() {
        new Decisions()
                .given(acme("startup"))
                .when(new ChangePlan(ACME, "startup"), by(ADA))
                .expectSilence();
    }

    @Test
    void needsBillingInformationForAPlanWithAPrice() {
        new Decisions()
                .given(acme("hobby"))
                .when(new ChangePlan(ACME, "startup"), by(ADA))
                .expectRejection(OrganizationRejections.billingInformationMissing("startup", BillingFields.REQUIRED));
    }

    @Test
    void needsBillingInformationThatIsComplete() {
        new Decisions()
                .given(
                        acme("hobby"),
                        new BillingInformationProvided(ACME, sealed(ACME, "billing_name=Acme\ncity=Paris"), false))
                .when(new ChangePlan(ACME, "startup"), by(ADA))
                .expectRejection(OrganizationRejections.billingInformationMissing(
                        "startup", List.of("billing_email", "address1", "country")));
    }

    @Test
    void changesToAPlanWithAPriceOnceThereIsBillingInformation() {
        new Decisions()
                .given(acme("hobby"), billingInformation())
                .when(new ChangePlan(ACME, "enterprise"), by(ADA))
                .expectEvents(new PlanChanged(ACME, "hobby", "enterprise"));
    }

    @Test
    void refusesAPlanThatIsNotInTheCatalogue() {
        new Decisions()
                .given(acme("hobby"))
                .when(new ChangePlan(ACME, "platinum"), by(ADA))
                .expectRejection(OrganizationRejections.noSuchPlan(new TestPlanCatalog().ids()));
    }

    @Test
    void lowersToExactlyTheSeatsInUse() {
        new Decisions()
                .given(acme("startup"), joined(ACME, BOB), invited(INVITATION, "carol@example.com"))
                .when(new ChangePlan(ACME, "starter"), by(ADA))
                .expectEvents(new PlanChanged(ACME, "startup", "starter"));
    }

    @Test
    void refusesToLowerBelowTheSeatsInUseAndSaysTheNumbers() {
        var inUse = OrganizationRejections.seatsInUse("starter", 3, 2, 2);
        new Decisions()
                .given(acme("startup"), joined(ACME, BOB))
                .given(invited(INVITATION, "carol@example.com"), invited(id("second"), "dan@example.com"))
                .when(new ChangePlan(ACME, "starter"), by(ADA))
                .expectRejection(inUse);
        assertThat(inUse.message()).contains("starter", "3 seats", "4 are in use", "2 by members", "2 by pending");
    }

    @Test
    void doesNotCountWhatHasExpiredAsASeatInUse() {
        new Decisions()
                .given(acme("startup"), joined(ACME, BOB))
                .given(invited(INVITATION, "carol@example.com"), invited(id("second"), "dan@example.com"))
                .at(NOW.plus(LIFETIMES.invitation()))
                .when(new ChangePlan(ACME, "starter"), by(ADA))
                .expectEvents(new PlanChanged(ACME, "startup", "starter"));
    }

    @Test
    void refusesADeactivatedOrganization() {
        new Decisions()
                .given(acme("hobby"), deactivated())
                .when(new ChangePlan(ACME, "starter"), by(ADA))
                .expectRejection(OrganizationRejections.TOKEN_REJECTED);
    }
}
