package io.guildhall.domain.organization;

import static io.guildhall.domain.Facts.*;
import static io.guildhall.domain.TransparentPersonalData.sealed;
import static org.assertj.core.api.Assertions.assertThat;

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
        new OrganizationFixture(acme("hobby"))
                .when(new ChangePlan(ACME, "starter"), by(ADA))
                .expectEvents(new PlanChanged(ACME, "hobby", "starter"));
    }

    @Test
    void staysSilentOverThePlanAsItIs() {
        new OrganizationFixture(acme("startup"))
                .when(new ChangePlan(ACME, "startup"), by(ADA))
                .expectSuccessfulHandlerExecution()
                .expectNoEvents();
    }

    @Test
    void needsBillingInformationForAPlanWithAPrice() {
        new OrganizationFixture(acme("hobby"))
                .when(new ChangePlan(ACME, "startup"), by(ADA))
                .expectExceptionDetails(
                        OrganizationRejections.billingInformationMissing("startup", BillingFields.REQUIRED));
    }

    @Test
    void needsBillingInformationThatIsComplete() {
        new OrganizationFixture(
                        acme("hobby"),
                        new BillingInformationProvided(ACME, sealed(ACME, "billing_name=Acme\ncity=Paris"), false))
                .when(new ChangePlan(ACME, "startup"), by(ADA))
                .expectExceptionDetails(OrganizationRejections.billingInformationMissing(
                        "startup", List.of("billing_email", "address1", "country")));
    }

    @Test
    void changesToAPlanWithAPriceOnceThereIsBillingInformation() {
        new OrganizationFixture(acme("hobby"), billingInformation())
                .when(new ChangePlan(ACME, "enterprise"), by(ADA))
                .expectEvents(new PlanChanged(ACME, "hobby", "enterprise"));
    }

    @Test
    void refusesAPlanThatIsNotInTheCatalogue() {
        new OrganizationFixture(acme("hobby"))
                .when(new ChangePlan(ACME, "platinum"), by(ADA))
                .expectExceptionDetails(OrganizationRejections.noSuchPlan(new TestPlanCatalog().ids()));
    }

    @Test
    void lowersToExactlyTheSeatsInUse() {
        new OrganizationFixture(acme("startup"), joined(ACME, BOB), invited(INVITATION, "carol@example.com"))
                .when(new ChangePlan(ACME, "starter"), by(ADA))
                .expectEvents(new PlanChanged(ACME, "startup", "starter"));
    }

    @Test
    void refusesToLowerBelowTheSeatsInUseAndSaysTheNumbers() {
        var inUse = OrganizationRejections.seatsInUse("starter", 3, 2, 2);
        new OrganizationFixture(
                        acme("startup"),
                        joined(ACME, BOB),
                        invited(INVITATION, "carol@example.com"),
                        invited(id("second"), "dan@example.com"))
                .when(new ChangePlan(ACME, "starter"), by(ADA))
                .expectExceptionDetails(inUse);
        assertThat(inUse.message()).contains("starter", "3 seats", "4 are in use", "2 by members", "2 by pending");
    }

    @Test
    void doesNotCountWhatHasExpiredAsASeatInUse() {
        new OrganizationFixture(
                        acme("startup"),
                        joined(ACME, BOB),
                        invited(INVITATION, "carol@example.com"),
                        invited(id("second"), "dan@example.com"))
                .at(NOW.plus(LIFETIMES.invitation()))
                .when(new ChangePlan(ACME, "starter"), by(ADA))
                .expectEvents(new PlanChanged(ACME, "startup", "starter"));
    }

    @Test
    void refusesADeactivatedOrganization() {
        new OrganizationFixture(acme("hobby"), deactivated())
                .when(new ChangePlan(ACME, "starter"), by(ADA))
                .expectExceptionDetails(OrganizationRejections.TOKEN_REJECTED);
    }
}
