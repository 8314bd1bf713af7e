package io.guildhall.domain.account;

import static io.guildhall.domain.Facts.*;
import static io.guildhall.domain.TransparentPersonalData.hashed;
import static io.guildhall.domain.TransparentPersonalData.sealed;

import io.guildhall.domain.MovableClock;
import io.guildhall.domain.TransparentPersonalData;
import io.guildhall.domain.account.events.AccountErased;
import io.guildhall.domain.account.events.OrganizationJoined;
import io.guildhall.domain.account.events.OrganizationLeft;
import io.guildhall.domain.account.events.PasswordSet;
import io.guildhall.domain.kernel.CommandRefused;
import io.guildhall.domain.session.EndSession;
import io.guildhall.domain.session.NewSession;
import io.guildhall.domain.session.RefreshSession;
import io.guildhall.domain.session.StartSession;
import io.guildhall.domain.session.events.SessionEnded;
import io.guildhall.domain.session.events.SessionStarted;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.TestExecutor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** R3, R7. */
class StartSessionTest {

    private static final Instant EXPIRY = NOW.plus(Duration.ofHours(8));

    private final MovableClock clock = new MovableClock();
    private final AggregateTestFixture<Account> fixture = new AggregateTestFixture<>(Account.class);

    StartSessionTest() {
        fixture.registerAnnotatedCommandHandler(
                new SigningIn(fixture.getRepository(), new TransparentPersonalData(), clock));
    }

    @Test
    void startsOneWithoutAnOrganization() {
        ada().when(start(null, "LOGIN", PASSWORD)).expectEvents(started(SESSION, null, null, "LOGIN", EXPIRY));
    }

    @Test
    void startsWithoutKnowingAnAddress() {
        ada().when(new StartSession(
                        ADA, new NewSession(SESSION, "hash", Duration.ofHours(8), null), null, null, "LOGIN", PASSWORD))
                .expectEvents(new SessionStarted(ADA, SESSION, "hash", null, null, "LOGIN", null, NOW, EXPIRY));
    }

    @Test
    void startsOneForAnOrganizationOfTheAccount() {
        ada(new OrganizationJoined(ADA, ACME))
                .when(start(ACME, "SWITCH", null))
                .expectEvents(started(SESSION, ACME, null, "SWITCH", EXPIRY));
    }

    @Test
    void startsOneForAnotherOrganizationBesideTheFirst() {
        ada(
                        new OrganizationJoined(ADA, ACME),
                        new OrganizationJoined(ADA, GLOBEX),
                        started(id("first"), ACME, null, "SWITCH", EXPIRY))
                .when(start(GLOBEX, "SWITCH", null))
                .expectEvents(started(SESSION, GLOBEX, null, "SWITCH", EXPIRY));
    }

    @Test
    void refusesAnOrganizationThatTheAccountDoesNotBelongTo() {
        ada(new OrganizationJoined(ADA, ACME))
                .when(start(GLOBEX, "SWITCH", null))
                .expectNoEvents()
                .expectException(CommandRefused.class)
                .expectExceptionDetails(new AccountRefusal.NotAMember());
    }

    @Test
    void refusesAnOrganizationThatTheAccountHasLeft() {
        ada(new OrganizationJoined(ADA, ACME), new OrganizationLeft(ADA, ACME))
                .when(start(ACME, "SWITCH", null))
                .expectNoEvents()
                .expectExceptionDetails(new AccountRefusal.NotAMember());
    }

    @Test
    void refusesAPasswordThatWasChangedSinceItWasChecked() {
        ada(new PasswordSet(ADA, id("newer"), "sealed", "CHANGE"))
                .when(start(null, "LOGIN", PASSWORD))
                .expectNoEvents()
                .expectExceptionDetails(new AccountRefusal.PasswordChangedMeanwhile());
    }

    @Test
    void refusesAnErasedAccount() {
        ada(new AccountErased(ADA, hashed("ada@example.com")))
                .when(start(null, "LOGIN", PASSWORD))
                .expectNoEvents()
                .expectExceptionDetails(new AccountRefusal.AccountGone());
    }

    @Nested
    class Refreshed {

        @Test
        void isReplacedByOneForTheSameOrganizationThatDiesWithTheSameToken() {
            ada(started(SESSION, ACME, TOKEN, "ACCESS_TOKEN", EXPIRY))
                    .when(refresh())
                    .expectEvents(
                            new SessionEnded(ADA, SESSION, "REFRESH"),
                            started(id("next"), ACME, TOKEN, "REFRESH", EXPIRY));
        }

        @Test
        void isRefusedTheSecondTime() {
            ada(
                            started(SESSION, null, null, "LOGIN", EXPIRY),
                            new SessionEnded(ADA, SESSION, "REFRESH"),
                            started(id("other"), null, null, "REFRESH", EXPIRY))
                    .when(refresh())
                    .expectNoEvents()
                    .expectExceptionDetails(new AccountRefusal.SessionEndedMeanwhile());
        }

        @Test
        void isRefusedFromTheMomentOfItsExpiry() {
            clock.set(EXPIRY);
            ada(started(SESSION, null, null, "LOGIN", EXPIRY))
                    .when(refresh())
                    .expectNoEvents()
                    .expectExceptionDetails(new AccountRefusal.SessionEndedMeanwhile());
        }

        @Test
        void isRefusedToAnErasedAccount() {
            ada(started(SESSION, null, null, "LOGIN", EXPIRY), new AccountErased(ADA, "hash"))
                    .when(refresh())
                    .expectNoEvents()
                    .expectExceptionDetails(new AccountRefusal.AccountGone());
        }

        private RefreshSession refresh() {
            return new RefreshSession(ADA, SESSION, session(id("next")));
        }
    }

    @Nested
    class Ended {

        @Test
        void isOverAndTheOthersGoOn() {
            ada(started(SESSION, null, null, "LOGIN", EXPIRY), started(id("other"), null, null, "LOGIN", EXPIRY))
                    .when(new EndSession(ADA, SESSION))
                    .expectEvents(new SessionEnded(ADA, SESSION, "LOGOUT"));
        }

        @Test
        void isSilentTheSecondTime() {
            ada(started(SESSION, null, null, "LOGIN", EXPIRY), new SessionEnded(ADA, SESSION, "LOGOUT"))
                    .when(new EndSession(ADA, SESSION))
                    .expectSuccessfulHandlerExecution()
                    .expectNoEvents();
        }

        @Test
        void isSilentOverOneThatNeverWas() {
            ada().when(new EndSession(ADA, SESSION))
                    .expectSuccessfulHandlerExecution()
                    .expectNoEvents();
        }

        @Test
        void isSilentOverOneThatHadExpiredWhenAnotherStarted() {
            ada(started(SESSION, null, null, "LOGIN", NOW), started(id("other"), null, null, "LOGIN", EXPIRY))
                    .when(new EndSession(ADA, SESSION))
                    .expectSuccessfulHandlerExecution()
                    .expectNoEvents();
        }
    }

    private TestExecutor<Account> ada(Object... since) {
        return fixture.given(of(ADA, validatedAccount(ADA, "ada@example.com"), and(since)));
    }

    private static StartSession start(@Nullable UUID organization, String cause, @Nullable UUID password) {
        return new StartSession(ADA, session(SESSION), organization, null, cause, password);
    }

    private static NewSession session(UUID id) {
        return new NewSession(id, "hash", Duration.ofHours(8), "203.0.113.7");
    }

    private static SessionStarted started(
            UUID session, @Nullable UUID organization, @Nullable UUID via, String cause, Instant expires) {
        return new SessionStarted(
                ADA, session, "hash", organization, via, cause, sealed(ADA, "203.0.113.7"), NOW, expires);
    }
}
