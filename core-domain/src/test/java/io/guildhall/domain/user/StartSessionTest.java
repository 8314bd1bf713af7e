package io.guildhall.domain.user;

import static io.guildhall.domain.Facts.*;
import static io.guildhall.domain.TransparentPersonalData.hashed;
import static io.guildhall.domain.TransparentPersonalData.sealed;

import io.guildhall.domain.session.SessionCommand.EndSession;
import io.guildhall.domain.session.SessionCommand.EndSignIn;
import io.guildhall.domain.session.SessionCommand.RefreshSession;
import io.guildhall.domain.session.SessionCommand.StartSession;
import io.guildhall.domain.session.SessionDescriptor;
import io.guildhall.domain.session.SessionEvent.SessionEnded;
import io.guildhall.domain.session.SessionEvent.SessionStarted;
import io.guildhall.domain.session.SessionEvent.SignInEnded;
import io.guildhall.domain.session.SessionRejections;
import io.guildhall.domain.shared.ParentCredential;
import io.guildhall.domain.shared.SessionOrigin;
import io.guildhall.domain.user.UserEvent.OrganizationJoined;
import io.guildhall.domain.user.UserEvent.OrganizationLeft;
import io.guildhall.domain.user.UserEvent.PasswordSet;
import io.guildhall.domain.user.UserEvent.UserErased;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Sessions start, derive from each other, are renewed and end (R3, R7, R17a). */
class StartSessionTest {

    private static final Duration VALIDITY = Duration.ofHours(8);
    private static final Instant EXPIRY = NOW.plus(VALIDITY);
    private static final Instant SIGN_IN_ENDS = NOW.plus(LIFETIMES.signIn());
    private static final UUID NEXT = id("next");
    private static final List<String> SCOPES = List.of("activities:read");

    private final UserFixture ada = new UserFixture(validatedUser(ADA, "ada@example.com"));

    @Nested
    class SignIn {

        @Test
        void startsOneWithoutAnOrganization() {
            ada.when(signIn(null, "LOGIN")).expectEvents(first(null, "LOGIN", NOW, EXPIRY));
        }

        @Test
        void startsOneForAnOrganizationOfTheUser() {
            ada.given(new OrganizationJoined(ADA, ACME))
                    .when(signIn(ACME, "LOGIN"))
                    .expectEvents(first(ACME, "LOGIN", NOW, EXPIRY));
        }

        @Test
        void startsOneForTheDefaultOrganizationWhileThePersonBelongsToIt() {
            ada.given(new OrganizationJoined(ADA, ACME))
                    .when(signInByDefault(ACME))
                    .expectEvents(first(ACME, "LOGIN", NOW, EXPIRY));
            ada.given(new OrganizationJoined(ADA, ACME), new OrganizationLeft(ADA, ACME))
                    .when(signInByDefault(ACME))
                    .expectEvents(first(null, "LOGIN", NOW, EXPIRY));
        }

        private static StartSession signInByDefault(UUID organization) {
            return new StartSession(ADA, session(SESSION, VALIDITY), null, organization, "LOGIN", PASSWORD, null);
        }

        /** Following a mailed link is not entering a password. */
        @Test
        void knowsWhetherAPasswordWasGiven() {
            ada.when(new StartSession(ADA, session(SESSION, VALIDITY), null, null, "VALIDATION", null, null))
                    .expectEvents(first(null, "VALIDATION", null, EXPIRY));
        }

        @Test
        void lastsNoLongerThanASignInMay() {
            ada.when(new StartSession(ADA, session(SESSION, Duration.ofDays(90)), null, null, "LOGIN", PASSWORD, null))
                    .expectEvents(first(null, "LOGIN", NOW, SIGN_IN_ENDS));
        }

        @Test
        void startsWithoutKnowingAnAddress() {
            ada.when(new StartSession(
                            ADA,
                            new SessionDescriptor(SESSION, "hash", VALIDITY, null),
                            null,
                            null,
                            "LOGIN",
                            PASSWORD,
                            null))
                    .expectEvents(signedIn(ADA, SESSION, EXPIRY));
        }

        @Test
        void refusesAnOrganizationThatTheUserDoesNotBelongTo() {
            ada.given(new OrganizationJoined(ADA, ACME))
                    .when(signIn(GLOBEX, "LOGIN"))
                    .expectNoEvents()
                    .expectExceptionDetails(UserRejections.NO_SUCH_ORGANIZATION);
        }

        @Test
        void refusesAnOrganizationThatTheUserHasLeft() {
            ada.given(new OrganizationJoined(ADA, ACME), new OrganizationLeft(ADA, ACME))
                    .when(signIn(ACME, "LOGIN"))
                    .expectNoEvents()
                    .expectExceptionDetails(UserRejections.NO_SUCH_ORGANIZATION);
        }

        @Test
        void refusesAPasswordThatWasChangedSinceItWasChecked() {
            ada.given(new PasswordSet(ADA, id("newer"), "sealed", "CHANGE"))
                    .when(signIn(null, "LOGIN"))
                    .expectNoEvents()
                    .expectExceptionDetails(UserRejections.PASSWORD_CHANGED_CONCURRENTLY);
        }

        @Test
        void refusesAnErasedUser() {
            ada.given(new UserErased(ADA, hashed("ada@example.com")))
                    .when(signIn(null, "LOGIN"))
                    .expectNoEvents()
                    .expectExceptionDetails(UserRejections.NO_SUCH_USER);
        }
    }

    @Nested
    class OfAnInteractiveSession {

        private final SessionStarted first = first(null, "LOGIN", NOW, EXPIRY);

        @Test
        void belongsToTheSameSignInWhateverItsOrganization() {
            ada.given(new OrganizationJoined(ADA, ACME), new OrganizationJoined(ADA, GLOBEX), first)
                    .when(derive(GLOBEX, "SWITCH", ofSession()))
                    .expectEvents(child(GLOBEX, null, "SWITCH", EXPIRY, true, null, null));
        }

        /** A renewed session lasts at most until the sign-in ends. */
        @Test
        void lastsUntilTheSignInEndsAtTheLatest() {
            ada.given(first)
                    .when(new StartSession(
                            ADA, session(NEXT, Duration.ofDays(90)), null, null, "SESSION", null, ofSession()))
                    .expectEvents(child(null, null, "SESSION", SIGN_IN_ENDS, true, null, null));
        }

        @Test
        void isAnAccessTokenOfTheSameSignIn() {
            ada.given(new OrganizationJoined(ADA, ACME), first)
                    .when(derive(ACME, "ACCESS_TOKEN", ofSession()))
                    .expectEvents(child(ACME, null, "ACCESS_TOKEN", EXPIRY, true, null, null));
        }

        @Test
        void isRefusedOnceThatSessionHasEnded() {
            ada.given(first, new SignInEnded(ADA, SESSION, "LOGOUT"))
                    .when(derive(null, "SESSION", ofSession()))
                    .expectNoEvents()
                    .expectExceptionDetails(SessionRejections.SESSION_ENDED);
        }

        @Test
        void isRefusedFromTheMomentOfThatSessionsExpiry() {
            ada.at(EXPIRY);
            ada.given(first)
                    .when(derive(null, "SESSION", ofSession()))
                    .expectNoEvents()
                    .expectExceptionDetails(SessionRejections.SESSION_ENDED);
        }

        private ParentCredential ofSession() {
            return new ParentCredential(null, null, SESSION, EXPIRY, null);
        }
    }

    @Nested
    class OfABoundCredential {

        private final Instant end = NOW.plusSeconds(2);
        private final SessionStarted accessToken = new SessionStarted(
                ADA,
                SESSION,
                "hash",
                ACME,
                null,
                "ACCESS_TOKEN",
                null,
                NOW,
                end,
                id("sign-in"),
                NOW,
                SIGN_IN_ENDS,
                NOW,
                null,
                null);

        @Test
        void endsWithTheApiToken() {
            ada.given(new OrganizationJoined(ADA, ACME))
                    .when(derive(ACME, "SWITCH", new ParentCredential(ACME, TOKEN, null, end, SCOPES)))
                    .expectEvents(child(ACME, TOKEN, "SWITCH", end, false, null, SCOPES));
        }

        @Test
        void lastsAsLongAsASessionWhereTheApiTokenNeverExpires() {
            ada.given(new OrganizationJoined(ADA, ACME))
                    .when(derive(ACME, "SWITCH", new ParentCredential(ACME, TOKEN, null, null, null)))
                    .expectEvents(child(ACME, TOKEN, "SWITCH", EXPIRY, false, null, null));
        }

        @Test
        void isRefusedForAnotherOrganizationThanTheApiTokens() {
            ada.given(new OrganizationJoined(ADA, ACME), new OrganizationJoined(ADA, GLOBEX))
                    .when(derive(GLOBEX, "SWITCH", new ParentCredential(ACME, TOKEN, null, null, null)))
                    .expectNoEvents()
                    .expectExceptionDetails(SessionRejections.BOUND_TO_ORGANIZATION);
        }

        @Test
        void isRefusedWithoutAnOrganization() {
            ada.given(new OrganizationJoined(ADA, ACME), accessToken)
                    .when(derive(null, "SESSION", ofSession()))
                    .expectNoEvents()
                    .expectExceptionDetails(SessionRejections.BOUND_TO_ORGANIZATION);
        }

        @Test
        void endsWithTheAccessToken() {
            ada.given(new OrganizationJoined(ADA, ACME), accessToken)
                    .when(derive(ACME, "SWITCH", ofSession()))
                    .expectEvents(ofAccessToken(null));
        }

        /** An API token created with an access token inherits its parent. */
        @Test
        void endsWithTheAccessTokenThatMadeTheApiToken() {
            ada.given(new OrganizationJoined(ADA, ACME), accessToken)
                    .when(derive(ACME, "SWITCH", new ParentCredential(ACME, TOKEN, SESSION, end, null)))
                    .expectEvents(ofAccessToken(TOKEN));
        }

        @Test
        void isNotRenewed() {
            ada.given(accessToken)
                    .when(new RefreshSession(ADA, SESSION, session(NEXT, VALIDITY)))
                    .expectNoEvents()
                    .expectExceptionDetails(SessionRejections.INTERACTIVE_SESSION_REQUIRED);
        }

        @Test
        void endsWhatWasMadeWithItAndNothingElse() {
            ada.given(accessToken, ofAccessToken(null), first(id("sign-in"), null, "LOGIN", NOW, EXPIRY))
                    .when(new EndSession(ADA, SESSION))
                    .expectEvents(new SessionEnded(ADA, SESSION, "LOGOUT"), new SessionEnded(ADA, NEXT, "LOGOUT"));
        }

        private ParentCredential ofSession() {
            return new ParentCredential(ACME, null, SESSION, end, null);
        }

        private SessionStarted ofAccessToken(@Nullable UUID sessionToken) {
            return new SessionStarted(
                    ADA,
                    NEXT,
                    "hash",
                    ACME,
                    sessionToken,
                    "SWITCH",
                    sealed(ADA, "203.0.113.7\ncurl"),
                    NOW,
                    end,
                    id("sign-in"),
                    NOW,
                    SIGN_IN_ENDS,
                    NOW,
                    SESSION,
                    null);
        }
    }

    @Nested
    class Refreshed {

        @Test
        void isReplacedByOneOfTheSameSignInAndOrganization() {
            ada.given(first(ACME, "LOGIN", NOW, EXPIRY))
                    .when(refresh(VALIDITY))
                    .expectEvents(
                            new SessionEnded(ADA, SESSION, "REFRESH"),
                            child(ACME, null, "REFRESH", EXPIRY, true, null, null));
        }

        @Test
        void lastsUntilTheSignInEndsAtTheLatest() {
            ada.given(first(null, "LOGIN", NOW, EXPIRY))
                    .when(refresh(Duration.ofDays(90)))
                    .expectEvents(
                            new SessionEnded(ADA, SESSION, "REFRESH"),
                            child(null, null, "REFRESH", SIGN_IN_ENDS, true, null, null));
        }

        @Test
        void isRefusedTheSecondTime() {
            ada.given(
                            first(null, "LOGIN", NOW, EXPIRY),
                            new SessionEnded(ADA, SESSION, "REFRESH"),
                            child(null, null, "REFRESH", EXPIRY, true, null, null))
                    .when(new RefreshSession(ADA, SESSION, session(id("third"), VALIDITY)))
                    .expectNoEvents()
                    .expectExceptionDetails(SessionRejections.SESSION_ENDED);
        }

        @Test
        void isRefusedFromTheMomentOfItsExpiry() {
            ada.at(EXPIRY);
            ada.given(first(null, "LOGIN", NOW, EXPIRY))
                    .when(refresh(VALIDITY))
                    .expectNoEvents()
                    .expectExceptionDetails(SessionRejections.SESSION_ENDED);
        }

        @Test
        void isRefusedToAnErasedUser() {
            ada.given(first(null, "LOGIN", NOW, EXPIRY), new UserErased(ADA, "hash"))
                    .when(refresh(VALIDITY))
                    .expectNoEvents()
                    .expectExceptionDetails(UserRejections.NO_SUCH_USER);
        }

        private static RefreshSession refresh(Duration validity) {
            return new RefreshSession(ADA, SESSION, session(NEXT, validity));
        }
    }

    @Nested
    class Ended {

        @Test
        void endsItsSignInAndNoOther() {
            ada.given(first(null, "LOGIN", NOW, EXPIRY), first(id("other"), null, "LOGIN", NOW, EXPIRY))
                    .when(new EndSession(ADA, SESSION))
                    .expectEvents(new SignInEnded(ADA, SESSION, "LOGOUT"));
        }

        /** Any session of the sign-in can be used. */
        @Test
        void endsTheSignInOfADerivedSession() {
            ada.given(first(null, "LOGIN", NOW, EXPIRY), child(ACME, null, "SWITCH", EXPIRY, true, null, null))
                    .when(new EndSession(ADA, NEXT))
                    .expectEvents(new SignInEnded(ADA, SESSION, "LOGOUT"));
        }

        @Test
        void isSilentTheSecondTime() {
            ada.given(first(null, "LOGIN", NOW, EXPIRY), new SignInEnded(ADA, SESSION, "LOGOUT"))
                    .when(new EndSession(ADA, SESSION))
                    .expectSuccessfulHandlerExecution()
                    .expectNoEvents();
        }

        @Test
        void isSilentOverOneThatNeverWas() {
            ada.when(new EndSession(ADA, SESSION))
                    .expectSuccessfulHandlerExecution()
                    .expectNoEvents();
        }

        @Test
        void isSilentOverOneThatHadExpiredWhenAnotherStarted() {
            ada.given(first(null, "LOGIN", NOW, NOW), first(id("other"), null, "LOGIN", NOW, EXPIRY))
                    .when(new EndSession(ADA, SESSION))
                    .expectSuccessfulHandlerExecution()
                    .expectNoEvents();
        }

        @Test
        void isPossibleFromAnotherSignIn() {
            ada.given(first(null, "LOGIN", NOW, EXPIRY))
                    .when(new EndSignIn(ADA, SESSION))
                    .expectEvents(new SignInEnded(ADA, SESSION, "LOGOUT"));
        }

        @Test
        void refusesASignInThatIsOver() {
            ada.given(first(null, "LOGIN", NOW, EXPIRY), new SignInEnded(ADA, SESSION, "LOGOUT"))
                    .when(new EndSignIn(ADA, SESSION))
                    .expectNoEvents()
                    .expectExceptionDetails(SessionRejections.NO_SUCH_SESSION);
        }
    }

    private static StartSession signIn(@Nullable UUID organization, String cause) {
        return new StartSession(ADA, session(SESSION, VALIDITY), organization, null, cause, PASSWORD, null);
    }

    private static StartSession derive(@Nullable UUID organization, String cause, ParentCredential parent) {
        return new StartSession(ADA, session(NEXT, VALIDITY), organization, null, cause, null, parent);
    }

    private static SessionDescriptor session(UUID id, Duration validity) {
        return new SessionDescriptor(id, "hash", validity, new SessionOrigin("203.0.113.7", "curl"));
    }

    private static SessionStarted first(
            @Nullable UUID organization, String cause, @Nullable Instant authenticated, Instant expires) {
        return first(SESSION, organization, cause, authenticated, expires);
    }

    private static SessionStarted first(
            UUID session, @Nullable UUID organization, String cause, @Nullable Instant authenticated, Instant expires) {
        return new SessionStarted(
                ADA,
                session,
                "hash",
                organization,
                null,
                cause,
                sealed(ADA, "203.0.113.7\ncurl"),
                NOW,
                expires,
                session,
                NOW,
                SIGN_IN_ENDS,
                authenticated,
                null,
                null);
    }

    /** @param inSignIn whether it belongs to the sign-in that {@link #SESSION} started */
    private static SessionStarted child(
            @Nullable UUID organization,
            @Nullable UUID sessionToken,
            String cause,
            Instant expires,
            boolean inSignIn,
            @Nullable UUID parent,
            @Nullable List<String> scopes) {
        return new SessionStarted(
                ADA,
                NEXT,
                "hash",
                organization,
                sessionToken,
                cause,
                sealed(ADA, "203.0.113.7\ncurl"),
                NOW,
                expires,
                inSignIn ? SESSION : null,
                inSignIn ? NOW : null,
                inSignIn ? SIGN_IN_ENDS : null,
                inSignIn ? NOW : null,
                parent,
                scopes);
    }
}
