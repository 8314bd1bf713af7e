package io.guildhall.domain.organization;

import static io.guildhall.domain.Facts.*;

import io.guildhall.domain.Decisions;
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

    private final Decisions decisions = new Decisions().given(acme("starter"), joined(ACME, BOB));

    @Nested
    class AskedFor {

        @Test
        void mailsALink() {
            decisions.when(new RequestDeactivation(ACME, LINK), by(ADA)).expectEvents(REQUESTED);
        }

        @Test
        void isConfirmedByAnyMember() {
            decisions
                    .given(REQUESTED)
                    .when(new ConfirmDeactivation(ACME, LINK), by(BOB))
                    .expectEvents(STARTED);
        }

        @Test
        void isConfirmedOnce() {
            decisions
                    .given(REQUESTED, STARTED)
                    .when(new ConfirmDeactivation(ACME, LINK), by(BOB))
                    .expectSilence();
        }

        @Test
        void canBeConfirmedUntilTheLastMoment() {
            decisions
                    .given(REQUESTED)
                    .at(EXPIRY.minusNanos(1))
                    .when(new ConfirmDeactivation(ACME, LINK), by(BOB))
                    .expectEvents(STARTED);
        }

        @Test
        void cannotBeConfirmedFromTheMomentOfTheLinksExpiry() {
            decisions
                    .given(REQUESTED)
                    .at(EXPIRY)
                    .when(new ConfirmDeactivation(ACME, LINK), by(BOB))
                    .expectRejection(OrganizationRejections.DEACTIVATION_LINK_NO_LONGER_VALID);
        }

        @Test
        void cannotBeConfirmedByALinkThatWasReplaced() {
            decisions
                    .given(REQUESTED, new DeactivationRequested(ACME, id("newer"), EXPIRY))
                    .when(new ConfirmDeactivation(ACME, LINK), by(BOB))
                    .expectRejection(OrganizationRejections.DEACTIVATION_LINK_NO_LONGER_VALID);
        }

        @Test
        void cannotBeConfirmedWhenNobodyAsked() {
            decisions
                    .when(new ConfirmDeactivation(ACME, LINK), by(BOB))
                    .expectRejection(OrganizationRejections.DEACTIVATION_LINK_NO_LONGER_VALID);
        }

        @Test
        void cannotBeConfirmedAgainByTheLinkFromBeforeAReactivation() {
            decisions
                    .given(REQUESTED, deactivated(), new OrganizationReactivated(ACME))
                    .when(new ConfirmDeactivation(ACME, LINK), by(BOB))
                    .expectRejection(OrganizationRejections.DEACTIVATION_LINK_NO_LONGER_VALID);
        }

        @Test
        void isCanceledByAnyMember() {
            decisions
                    .given(REQUESTED)
                    .when(new CancelDeactivation(ACME, LINK), by(BOB))
                    .expectEvents(new DeactivationCanceled(ACME, LINK));
        }

        @Test
        void cannotBeConfirmedOnceCanceled() {
            decisions
                    .given(REQUESTED, new DeactivationCanceled(ACME, LINK))
                    .when(new ConfirmDeactivation(ACME, LINK), by(BOB))
                    .expectRejection(OrganizationRejections.DEACTIVATION_LINK_NO_LONGER_VALID);
        }

        @Test
        void cannotBeCanceledFromTheMomentOfTheLinksExpiry() {
            decisions
                    .given(REQUESTED)
                    .at(EXPIRY)
                    .when(new CancelDeactivation(ACME, LINK), by(BOB))
                    .expectRejection(OrganizationRejections.DEACTIVATION_LINK_NO_LONGER_VALID);
        }

        @Test
        void cannotBeCanceledOnceConfirmed() {
            decisions
                    .given(REQUESTED, STARTED)
                    .when(new CancelDeactivation(ACME, LINK), by(BOB))
                    .expectRejection(OrganizationRejections.NOT_ACTIVE);
        }

        @Test
        void isRefusedWhileDeactivated() {
            decisions
                    .given(deactivated())
                    .when(new RequestDeactivation(ACME, LINK), by(ADA))
                    .expectRejection(OrganizationRejections.TOKEN_REJECTED);
        }
    }

    @Nested
    class WithoutConfirmation {

        @Test
        void startsAtOnce() {
            decisions.when(new DeactivateOrganization(ACME), by(ADA)).expectEvents(STARTED);
        }

        @Test
        void staysSilentWhenStartedOrDone() {
            decisions
                    .given(STARTED)
                    .when(new DeactivateOrganization(ACME), by(ADA))
                    .expectSilence();
            decisions
                    .given(new OrganizationDeactivated(ACME))
                    .when(new DeactivateOrganization(ACME), by(ADA))
                    .expectSilence();
        }

        @Test
        void isRefusedWhileLocked() {
            decisions
                    .given(new OrganizationLocked(ACME, "Unpaid"))
                    .when(new DeactivateOrganization(ACME), by(ADA))
                    .expectRejection(OrganizationRejections.LOCKED);
        }

        @Test
        void isRefusedDuringADeletion() {
            decisions
                    .given(deactivated(), new DeletionStarted(ACME))
                    .when(new DeactivateOrganization(ACME), by(ADA))
                    .expectRejection(OrganizationRejections.NOT_ACTIVE);
        }
    }

    @Nested
    class Completed {

        @Test
        void endsWithEveryTokenGone() {
            decisions
                    .given(token(TOKEN, ADA), token(id("bob's"), BOB))
                    .given(new TokenDeactivated(ACME, id("bob's"), BOB, "MEMBERSHIP_ENDED"))
                    .given(STARTED)
                    .when(new CompleteDeactivation(ACME))
                    .expectEventsInAnyOrder(
                            new TokenRevoked(ACME, TOKEN, ADA, "DEACTIVATION"),
                            new TokenRevoked(ACME, id("bob's"), BOB, "DEACTIVATION"),
                            new OrganizationDeactivated(ACME));
        }

        @Test
        void staysSilentWhenNoneIsUnderWay() {
            decisions.when(new CompleteDeactivation(ACME)).expectSilence();
        }

        @Test
        void staysSilentTheSecondTime() {
            decisions.given(deactivated()).when(new CompleteDeactivation(ACME)).expectSilence();
        }
    }

    @Nested
    class Undone {

        @Test
        void isActiveAgain() {
            decisions
                    .given(deactivated())
                    .when(new ReactivateOrganization(ACME), by(BOB))
                    .expectEvents(new OrganizationReactivated(ACME));
        }

        @Test
        void staysSilentWhenActive() {
            decisions.when(new ReactivateOrganization(ACME), by(BOB)).expectSilence();
        }

        @Test
        void waitsForTheDeactivationToBeDone() {
            decisions
                    .given(STARTED)
                    .when(new ReactivateOrganization(ACME), by(BOB))
                    .expectRejection(OrganizationRejections.NOT_ACTIVE);
        }

        @Test
        void isRefusedWhileLocked() {
            decisions
                    .given(deactivated(), new OrganizationLocked(ACME, "Unpaid"))
                    .when(new ReactivateOrganization(ACME), by(BOB))
                    .expectRejection(OrganizationRejections.LOCKED);
        }

        @Test
        void isRefusedDuringADeletion() {
            decisions
                    .given(deactivated(), new DeletionStarted(ACME))
                    .when(new ReactivateOrganization(ACME), by(BOB))
                    .expectRejection(OrganizationRejections.NOT_ACTIVE);
        }

        @Test
        void doesNotBringTheTokensBack() {
            decisions
                    .given(token(TOKEN, ADA), STARTED, new TokenRevoked(ACME, TOKEN, ADA, "DEACTIVATION"))
                    .given(new OrganizationDeactivated(ACME))
                    .when(new ReactivateOrganization(ACME), by(BOB))
                    .expectEvents(new OrganizationReactivated(ACME));
        }
    }
}
