package io.guildhall.domain.organization;

import static io.guildhall.domain.Facts.*;

import io.guildhall.domain.organization.OrganizationCommand.CancelDeactivation;
import io.guildhall.domain.organization.OrganizationCommand.CompleteDeactivation;
import io.guildhall.domain.organization.OrganizationCommand.ConfirmDeactivation;
import io.guildhall.domain.organization.OrganizationCommand.DeactivateOrganization;
import io.guildhall.domain.organization.OrganizationCommand.ReactivateOrganization;
import io.guildhall.domain.organization.OrganizationCommand.RequestDeactivation;
import io.guildhall.domain.organization.OrganizationEvent.DeactivationCanceled;
import io.guildhall.domain.organization.OrganizationEvent.DeactivationRequested;
import io.guildhall.domain.organization.OrganizationEvent.DeactivationStarted;
import io.guildhall.domain.organization.OrganizationEvent.DeletionStarted;
import io.guildhall.domain.organization.OrganizationEvent.OrganizationDeactivated;
import io.guildhall.domain.organization.OrganizationEvent.OrganizationLocked;
import io.guildhall.domain.organization.OrganizationEvent.OrganizationReactivated;
import io.guildhall.domain.token.TokenEvent.TokenDeactivated;
import io.guildhall.domain.token.TokenEvent.TokenRevoked;
import java.time.Instant;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Deactivating keeps members, trail and billing (R21). */
class DeactivateOrganizationTest {

    private static final Instant EXPIRY = NOW.plus(LIFETIMES.deactivation());
    private static final DeactivationRequested REQUESTED = new DeactivationRequested(ACME, LINK, EXPIRY);
    private static final DeactivationStarted STARTED = new DeactivationStarted(ACME, "REQUESTED_BY_OWNER");

    private final OrganizationFixture acme = new OrganizationFixture(acme("starter"), joined(ACME, BOB));

    @Nested
    class AskedFor {

        @Test
        void mailsALink() {
            acme.when(new RequestDeactivation(ACME, LINK), by(ADA)).expectEvents(REQUESTED);
        }

        @Test
        void isConfirmedByAnyMember() {
            acme.given(REQUESTED)
                    .when(new ConfirmDeactivation(ACME, LINK), by(BOB))
                    .expectEvents(STARTED);
        }

        @Test
        void isConfirmedOnce() {
            acme.given(REQUESTED, STARTED)
                    .when(new ConfirmDeactivation(ACME, LINK), by(BOB))
                    .expectSuccessfulHandlerExecution()
                    .expectNoEvents();
        }

        @Test
        void canBeConfirmedUntilTheLastMoment() {
            acme.at(EXPIRY.minusNanos(1))
                    .given(REQUESTED)
                    .when(new ConfirmDeactivation(ACME, LINK), by(BOB))
                    .expectEvents(STARTED);
        }

        @Test
        void cannotBeConfirmedFromTheMomentOfTheLinksExpiry() {
            acme.at(EXPIRY)
                    .given(REQUESTED)
                    .when(new ConfirmDeactivation(ACME, LINK), by(BOB))
                    .expectExceptionDetails(OrganizationRejections.DEACTIVATION_LINK_NO_LONGER_VALID);
        }

        @Test
        void cannotBeConfirmedByALinkThatWasReplaced() {
            acme.given(REQUESTED, new DeactivationRequested(ACME, id("newer"), EXPIRY))
                    .when(new ConfirmDeactivation(ACME, LINK), by(BOB))
                    .expectExceptionDetails(OrganizationRejections.DEACTIVATION_LINK_NO_LONGER_VALID);
        }

        @Test
        void cannotBeConfirmedWhenNobodyAsked() {
            acme.when(new ConfirmDeactivation(ACME, LINK), by(BOB))
                    .expectExceptionDetails(OrganizationRejections.DEACTIVATION_LINK_NO_LONGER_VALID);
        }

        @Test
        void cannotBeConfirmedAgainByTheLinkFromBeforeAReactivation() {
            acme.given(REQUESTED, deactivated(), new OrganizationReactivated(ACME))
                    .when(new ConfirmDeactivation(ACME, LINK), by(BOB))
                    .expectExceptionDetails(OrganizationRejections.DEACTIVATION_LINK_NO_LONGER_VALID);
        }

        @Test
        void isCanceledByAnyMember() {
            acme.given(REQUESTED)
                    .when(new CancelDeactivation(ACME, LINK), by(BOB))
                    .expectEvents(new DeactivationCanceled(ACME, LINK));
        }

        @Test
        void cannotBeConfirmedOnceCanceled() {
            acme.given(REQUESTED, new DeactivationCanceled(ACME, LINK))
                    .when(new ConfirmDeactivation(ACME, LINK), by(BOB))
                    .expectExceptionDetails(OrganizationRejections.DEACTIVATION_LINK_NO_LONGER_VALID);
        }

        @Test
        void cannotBeCanceledFromTheMomentOfTheLinksExpiry() {
            acme.at(EXPIRY)
                    .given(REQUESTED)
                    .when(new CancelDeactivation(ACME, LINK), by(BOB))
                    .expectExceptionDetails(OrganizationRejections.DEACTIVATION_LINK_NO_LONGER_VALID);
        }

        @Test
        void cannotBeCanceledOnceConfirmed() {
            acme.given(REQUESTED, STARTED)
                    .when(new CancelDeactivation(ACME, LINK), by(BOB))
                    .expectExceptionDetails(OrganizationRejections.NOT_ACTIVE);
        }

        @Test
        void isRefusedWhileDeactivated() {
            acme.given(deactivated())
                    .when(new RequestDeactivation(ACME, LINK), by(ADA))
                    .expectExceptionDetails(OrganizationRejections.TOKEN_REJECTED);
        }
    }

    @Nested
    class WithoutConfirmation {

        @Test
        void startsAtOnce() {
            acme.when(new DeactivateOrganization(ACME), by(ADA)).expectEvents(STARTED);
        }

        @Test
        void staysSilentWhenStartedOrDone() {
            acme.given(STARTED)
                    .when(new DeactivateOrganization(ACME), by(ADA))
                    .expectSuccessfulHandlerExecution()
                    .expectNoEvents();
            acme.given(deactivated())
                    .when(new DeactivateOrganization(ACME), by(ADA))
                    .expectSuccessfulHandlerExecution()
                    .expectNoEvents();
        }

        @Test
        void isRefusedWhileLocked() {
            acme.given(new OrganizationLocked(ACME, "Unpaid"))
                    .when(new DeactivateOrganization(ACME), by(ADA))
                    .expectExceptionDetails(OrganizationRejections.LOCKED);
        }

        @Test
        void isRefusedDuringADeletion() {
            acme.given(deactivated(), new DeletionStarted(ACME))
                    .when(new DeactivateOrganization(ACME), by(ADA))
                    .expectExceptionDetails(OrganizationRejections.NOT_ACTIVE);
        }
    }

    @Nested
    class Completed {

        @Test
        void endsWithEveryTokenGone() {
            acme.given(
                            token(TOKEN, ADA),
                            token(id("bob's"), BOB),
                            new TokenDeactivated(ACME, id("bob's"), BOB, "MEMBERSHIP_ENDED"),
                            STARTED)
                    .when(new CompleteDeactivation(ACME))
                    .expectEvents(
                            new TokenRevoked(ACME, TOKEN, ADA, "DEACTIVATION"),
                            new TokenRevoked(ACME, id("bob's"), BOB, "DEACTIVATION"),
                            new OrganizationDeactivated(ACME));
        }

        @Test
        void staysSilentWhenNoneIsUnderWay() {
            acme.when(new CompleteDeactivation(ACME))
                    .expectSuccessfulHandlerExecution()
                    .expectNoEvents();
        }

        @Test
        void staysSilentTheSecondTime() {
            acme.given(deactivated())
                    .when(new CompleteDeactivation(ACME))
                    .expectSuccessfulHandlerExecution()
                    .expectNoEvents();
        }
    }

    @Nested
    class Undone {

        @Test
        void isActiveAgain() {
            acme.given(deactivated())
                    .when(new ReactivateOrganization(ACME), by(BOB))
                    .expectEvents(new OrganizationReactivated(ACME));
        }

        @Test
        void staysSilentWhenActive() {
            acme.when(new ReactivateOrganization(ACME), by(BOB))
                    .expectSuccessfulHandlerExecution()
                    .expectNoEvents();
        }

        @Test
        void waitsForTheDeactivationToBeDone() {
            acme.given(STARTED)
                    .when(new ReactivateOrganization(ACME), by(BOB))
                    .expectExceptionDetails(OrganizationRejections.NOT_ACTIVE);
        }

        @Test
        void isRefusedWhileLocked() {
            acme.given(deactivated(), new OrganizationLocked(ACME, "Unpaid"))
                    .when(new ReactivateOrganization(ACME), by(BOB))
                    .expectExceptionDetails(OrganizationRejections.LOCKED);
        }

        @Test
        void isRefusedDuringADeletion() {
            acme.given(deactivated(), new DeletionStarted(ACME))
                    .when(new ReactivateOrganization(ACME), by(BOB))
                    .expectExceptionDetails(OrganizationRejections.NOT_ACTIVE);
        }

        @Test
        void doesNotBringTheTokensBack() {
            acme.given(
                            token(TOKEN, ADA),
                            STARTED,
                            new TokenRevoked(ACME, TOKEN, ADA, "DEACTIVATION"),
                            new OrganizationDeactivated(ACME))
                    .when(new ReactivateOrganization(ACME), by(BOB))
                    .expectEvents(new OrganizationReactivated(ACME));
        }
    }
}
