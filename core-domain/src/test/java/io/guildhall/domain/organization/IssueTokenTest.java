package io.guildhall.domain.organization;

import static io.guildhall.domain.Facts.*;
import static io.guildhall.domain.TransparentPersonalData.sealed;

import io.guildhall.domain.membership.MembershipRefusal;
import io.guildhall.domain.organization.OrganizationEvent.OrganizationLocked;
import io.guildhall.domain.session.SessionRefusal;
import io.guildhall.domain.shared.CommandRefused;
import io.guildhall.domain.shared.ParentCredential;
import io.guildhall.domain.shared.Refusal;
import io.guildhall.domain.token.TokenCommand.IssueToken;
import io.guildhall.domain.token.TokenEvent.TokenDeactivated;
import io.guildhall.domain.token.TokenEvent.TokenIssued;
import io.guildhall.domain.token.TokenEvent.TokenRevoked;
import io.guildhall.domain.token.TokenRefusal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * API tokens stop working with the membership of their maker (R17); the value of an API token is shown once, and only
 * its hash is stored (R18).
 */
class IssueTokenTest {

    private final TokenFixture acme = new TokenFixture();

    @ParameterizedTest
    @ValueSource(strings = {"USER", "ORGANIZATION"})
    void issuesEitherType(String type) {
        acme.given()
                .when(
                        new IssueToken(ACME, TOKEN, ADA, type, " deploy ", "", "sha256", null, null, null),
                        by(ADA).toMetaData())
                .expectEvents(new TokenIssued(
                        ACME,
                        TOKEN,
                        ADA,
                        type,
                        sealed(ADA, "deploy"),
                        sealed(ADA, ""),
                        "sha256",
                        null,
                        null,
                        null,
                        null));
    }

    @Test
    void issuesOneThatExpires() {
        Instant expires = NOW.plusNanos(1);
        acme.given()
                .when(issue("deploy", "", expires), by(ADA).toMetaData())
                .expectEvents(new TokenIssued(
                        ACME,
                        TOKEN,
                        ADA,
                        "USER",
                        sealed(ADA, "deploy"),
                        sealed(ADA, ""),
                        "sha256",
                        expires,
                        null,
                        null,
                        null));
    }

    @Test
    void issuesOneForReadingTheTrailAlone() {
        acme.given()
                .when(limitedTo(List.of("activities:read", "activities:read")), by(ADA).toMetaData())
                .expectEvents(new TokenIssued(
                        ACME,
                        TOKEN,
                        ADA,
                        "USER",
                        sealed(ADA, "deploy"),
                        sealed(ADA, ""),
                        "sha256",
                        null,
                        List.of("activities:read"),
                        null,
                        null));
    }

    @Test
    void refusesScopesThatThereAreNot() {
        for (List<String> scopes :
                List.of(List.<String>of(), List.of("everything"), List.of("activities:read", "activities:write"))) {
            refuses(limitedTo(scopes), new TokenRefusal.ScopesMalformed("activities:read"));
        }
    }

    /** Whatever lets a call in: no change is made by a token that is good for reading alone. */
    @Test
    void refusesALimitedTokenThatWouldMakeAnother() {
        acme.given(new TokenIssued(
                        ACME,
                        id("auditor's"),
                        ADA,
                        "USER",
                        sealed(ADA, "audit"),
                        sealed(ADA, ""),
                        "sha256",
                        null,
                        List.of("activities:read"),
                        null,
                        null))
                .when(issue("deploy", "", null), through(id("auditor's"), ADA).toMetaData())
                .expectNoEvents()
                .expectExceptionDetails(new TokenRefusal.TokenLimited());
    }

    @Test
    void refusesAnExpiryThatIsNow() {
        refuses(issue("deploy", "", NOW), new TokenRefusal.ExpiryInThePast());
    }

    @Test
    void refusesAnExpiryInThePast() {
        refuses(issue("deploy", "", NOW.minusSeconds(1)), new TokenRefusal.ExpiryInThePast());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "INVALID", "user"})
    void refusesAnotherType(String type) {
        refuses(
                new IssueToken(ACME, TOKEN, ADA, type, "deploy", "", "sha256", null, null, null),
                new TokenRefusal.TypeMalformed());
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 128})
    void takesANameOfThisLength(int length) {
        String name = "n".repeat(length);
        acme.given()
                .when(issue(name, "", null), by(ADA).toMetaData())
                .expectEvents(new TokenIssued(
                        ACME,
                        TOKEN,
                        ADA,
                        "USER",
                        sealed(ADA, name),
                        sealed(ADA, ""),
                        "sha256",
                        null,
                        null,
                        null,
                        null));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 129})
    void refusesANameOfThisLength(int length) {
        refuses(issue("n".repeat(length), "", null), new TokenRefusal.NameMalformed());
    }

    @ParameterizedTest
    @ValueSource(strings = {" n ", "de\nploy", "de\u0000ploy"})
    void refusesANameThatIsShortWhenTrimmedOrBreaksALine(String name) {
        refuses(issue(name, "", null), new TokenRefusal.NameMalformed());
    }

    @Test
    void takesADescriptionOfAtMost1024Characters() {
        String longest = "d".repeat(1024);
        acme.given()
                .when(issue("deploy", longest, null), by(ADA).toMetaData())
                .expectEvents(new TokenIssued(
                        ACME,
                        TOKEN,
                        ADA,
                        "USER",
                        sealed(ADA, "deploy"),
                        sealed(ADA, longest),
                        "sha256",
                        null,
                        null,
                        null,
                        null));
    }

    @Test
    void refusesALongerDescription() {
        refuses(issue("deploy", "d".repeat(1025), null), new TokenRefusal.DescriptionMalformed());
    }

    @Test
    void refusesAMakerWhoIsNoMember() {
        acme.given(token(id("organization's"), ADA))
                .when(
                        new IssueToken(ACME, TOKEN, CAROL, "USER", "deploy", "", "sha256", null, null, null),
                        through(id("organization's"), null).toMetaData())
                .expectNoEvents()
                .expectExceptionDetails(new MembershipRefusal.NotAMember());
    }

    @Test
    void staysSilentWhenItIsIssuedAlready() {
        acme.given(token(TOKEN, ADA))
                .when(issue("deploy", "", null), by(ADA).toMetaData())
                .expectSuccessfulHandlerExecution()
                .expectNoEvents();
    }

    @Test
    void doesNotBringBackWhatWasDeactivatedOrRevoked() {
        acme.given(token(TOKEN, BOB), new TokenDeactivated(ACME, TOKEN, BOB, "MEMBERSHIP_ENDED"))
                .when(issue("deploy", "", null), by(ADA).toMetaData())
                .expectNoEvents();
        new TokenFixture()
                .given(token(TOKEN, ADA), new TokenRevoked(ACME, TOKEN, ADA, "REVOKED"))
                .when(issue("deploy", "", null), by(ADA).toMetaData())
                .expectNoEvents();
    }

    @Test
    void refusesADeactivatedOrganization() {
        acme.given(deactivated())
                .when(issue("deploy", "", null), by(ADA).toMetaData())
                .expectNoEvents()
                .expectExceptionDetails(new OrganizationRefusal.TokenRejected());
    }

    @Test
    void refusesALockedOrganization() {
        acme.given(new OrganizationLocked(ACME, "Unpaid"))
                .when(issue("deploy", "", null), by(ADA).toMetaData())
                .expectNoEvents()
                .expectExceptionDetails(new OrganizationRefusal.Locked());
    }

    private void refuses(IssueToken command, Refusal reason) {
        acme.given()
                .when(command, by(ADA).toMetaData())
                .expectNoEvents()
                .expectException(CommandRefused.class)
                .expectExceptionDetails(reason);
    }

    private static IssueToken limitedTo(List<String> scopes) {
        return new IssueToken(ACME, TOKEN, ADA, "USER", "deploy", "", "sha256", null, scopes, null);
    }

    private static IssueToken issue(String name, String description, @Nullable Instant expires) {
        return new IssueToken(ACME, TOKEN, ADA, "USER", name, description, "sha256", expires, null, null);
    }

    /** What a token makes ends with it at the latest, and is known as its child. */
    @Test
    void endsWithTheTokenThatMakesIt() {
        Instant end = NOW.plusSeconds(15);
        acme.given(token(PARENT, ADA, end))
                .when(
                        issue(null, parent(PARENT, null, end)),
                        through(PARENT, ADA).toMetaData())
                .expectEvents(issued(end, PARENT, null));
    }

    @Test
    void refusesALaterEndThanThatOfTheTokenThatMakesIt() {
        Instant end = NOW.plusSeconds(15);
        acme.given(token(PARENT, ADA, end))
                .when(
                        issue(end.plusSeconds(1), parent(PARENT, null, end)),
                        through(PARENT, ADA).toMetaData())
                .expectNoEvents()
                .expectExceptionDetails(new TokenRefusal.ExpiryBeyondParent(end));
    }

    /** The session may end before the API token that it was made with. */
    @Test
    void endsWithTheBoundSessionThatMakesIt() {
        Instant end = NOW.plusSeconds(2);
        acme.given(token(PARENT, ADA))
                .when(
                        issue(null, parent(null, SESSION, end)),
                        by(ADA).inSessionOf(PARENT).toMetaData())
                .expectEvents(issued(end, PARENT, SESSION));
    }

    @Test
    void endsWithTheAccessTokenThatMakesIt() {
        Instant end = NOW.plusSeconds(2);
        acme.given()
                .when(issue(null, parent(null, SESSION, end)), by(ADA).toMetaData())
                .expectEvents(issued(end, null, SESSION));
    }

    @Test
    void refusesACredentialOfAnotherOrganization() {
        var foreign = new ParentCredential(GLOBEX, null, SESSION, NOW.plusSeconds(2), null);
        acme.given()
                .when(issue(null, foreign), by(ADA).toMetaData())
                .expectNoEvents()
                .expectExceptionDetails(new SessionRefusal.BoundToOrganization());
    }

    private static final UUID PARENT = id("parent token");

    private static ParentCredential parent(@Nullable UUID token, @Nullable UUID session, Instant end) {
        return new ParentCredential(ACME, token, session, end, null);
    }

    private static IssueToken issue(@Nullable Instant expires, ParentCredential parent) {
        return new IssueToken(ACME, TOKEN, ADA, "USER", "deploy", "", "sha256", expires, null, parent);
    }

    private static TokenIssued issued(Instant end, @Nullable UUID parentToken, @Nullable UUID parentSession) {
        return new TokenIssued(
                ACME,
                TOKEN,
                ADA,
                "USER",
                sealed(ADA, "deploy"),
                sealed(ADA, ""),
                "sha256",
                end,
                null,
                parentToken,
                parentSession);
    }
}
