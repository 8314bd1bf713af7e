package io.guildhall.domain.organization;

import static io.guildhall.domain.Facts.*;
import static io.guildhall.domain.TransparentPersonalData.sealed;

import io.guildhall.domain.membership.MembershipRejections;
import io.guildhall.domain.organization.OrganizationEvent.OrganizationLocked;
import io.guildhall.domain.session.SessionRejections;
import io.guildhall.domain.shared.DomainRejectionException;
import io.guildhall.domain.shared.ParentCredential;
import io.guildhall.domain.shared.Rejection;
import io.guildhall.domain.token.TokenCommand.IssueToken;
import io.guildhall.domain.token.TokenEvent.TokenDeactivated;
import io.guildhall.domain.token.TokenEvent.TokenIssued;
import io.guildhall.domain.token.TokenEvent.TokenRevoked;
import io.guildhall.domain.token.TokenRejections;
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

    private final OrganizationFixture acme = new OrganizationFixture(acme("starter"), joined(ACME, BOB));

    @ParameterizedTest
    @ValueSource(strings = {"USER", "ORGANIZATION"})
    void issuesEitherType(String type) {
        acme.when(new IssueToken(ACME, TOKEN, ADA, type, " deploy ", "", "sha256", null, null, null), by(ADA))
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
        acme.when(issue("deploy", "", expires), by(ADA))
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
        acme.when(limitedTo(List.of("activities:read", "activities:read")), by(ADA))
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
            refuses(limitedTo(scopes), TokenRejections.scopesMalformed("activities:read"));
        }
    }

    /** A token limited to reading cannot make changes. */
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
                .when(issue("deploy", "", null), through(id("auditor's"), ADA))
                .expectNoEvents()
                .expectExceptionDetails(TokenRejections.INSUFFICIENT_SCOPE);
    }

    @Test
    void refusesAnExpiryThatIsNow() {
        refuses(issue("deploy", "", NOW), TokenRejections.EXPIRY_IN_THE_PAST);
    }

    @Test
    void refusesAnExpiryInThePast() {
        refuses(issue("deploy", "", NOW.minusSeconds(1)), TokenRejections.EXPIRY_IN_THE_PAST);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "INVALID", "user"})
    void refusesAnotherType(String type) {
        refuses(
                new IssueToken(ACME, TOKEN, ADA, type, "deploy", "", "sha256", null, null, null),
                TokenRejections.TYPE_MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 128})
    void takesANameOfThisLength(int length) {
        String name = "n".repeat(length);
        acme.when(issue(name, "", null), by(ADA))
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
        refuses(issue("n".repeat(length), "", null), TokenRejections.NAME_MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(strings = {" n ", "de\nploy", "de\u0000ploy"})
    void refusesANameThatIsShortWhenTrimmedOrBreaksALine(String name) {
        refuses(issue(name, "", null), TokenRejections.NAME_MALFORMED);
    }

    @Test
    void takesADescriptionOfAtMost1024Characters() {
        String longest = "d".repeat(1024);
        acme.when(issue("deploy", longest, null), by(ADA))
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
        refuses(issue("deploy", "d".repeat(1025), null), TokenRejections.DESCRIPTION_MALFORMED);
    }

    @Test
    void refusesAMakerWhoIsNoMember() {
        acme.given(token(id("organization's"), ADA))
                .when(
                        new IssueToken(ACME, TOKEN, CAROL, "USER", "deploy", "", "sha256", null, null, null),
                        through(id("organization's"), null))
                .expectNoEvents()
                .expectExceptionDetails(MembershipRejections.NOT_A_MEMBER);
    }

    @Test
    void staysSilentWhenItIsIssuedAlready() {
        acme.given(token(TOKEN, ADA))
                .when(issue("deploy", "", null), by(ADA))
                .expectSuccessfulHandlerExecution()
                .expectNoEvents();
    }

    @Test
    void doesNotBringBackWhatWasDeactivatedOrRevoked() {
        acme.given(token(TOKEN, BOB), new TokenDeactivated(ACME, TOKEN, BOB, "MEMBERSHIP_ENDED"))
                .when(issue("deploy", "", null), by(ADA))
                .expectNoEvents();
        acme.given(token(TOKEN, ADA), new TokenRevoked(ACME, TOKEN, ADA, "REVOKED"))
                .when(issue("deploy", "", null), by(ADA))
                .expectNoEvents();
    }

    @Test
    void refusesADeactivatedOrganization() {
        acme.given(deactivated())
                .when(issue("deploy", "", null), by(ADA))
                .expectNoEvents()
                .expectExceptionDetails(OrganizationRejections.TOKEN_REJECTED);
    }

    @Test
    void refusesALockedOrganization() {
        acme.given(new OrganizationLocked(ACME, "Unpaid"))
                .when(issue("deploy", "", null), by(ADA))
                .expectNoEvents()
                .expectExceptionDetails(OrganizationRejections.LOCKED);
    }

    private void refuses(IssueToken command, Rejection reason) {
        acme.when(command, by(ADA))
                .expectNoEvents()
                .expectException(DomainRejectionException.class)
                .expectExceptionDetails(reason);
    }

    private static IssueToken limitedTo(List<String> scopes) {
        return new IssueToken(ACME, TOKEN, ADA, "USER", "deploy", "", "sha256", null, scopes, null);
    }

    private static IssueToken issue(String name, String description, @Nullable Instant expires) {
        return new IssueToken(ACME, TOKEN, ADA, "USER", name, description, "sha256", expires, null, null);
    }

    /** A token created with another token ends with it. */
    @Test
    void endsWithTheTokenThatMakesIt() {
        Instant end = NOW.plusSeconds(15);
        acme.given(token(PARENT, ADA, end))
                .when(issue(null, parent(PARENT, null, end)), through(PARENT, ADA))
                .expectEvents(issued(end, PARENT, null));
    }

    @Test
    void refusesALaterEndThanThatOfTheTokenThatMakesIt() {
        Instant end = NOW.plusSeconds(15);
        acme.given(token(PARENT, ADA, end))
                .when(issue(end.plusSeconds(1), parent(PARENT, null, end)), through(PARENT, ADA))
                .expectNoEvents()
                .expectExceptionDetails(TokenRejections.expiryBeyondParent(end));
    }

    /** The session may end before the API token with which it was created. */
    @Test
    void endsWithTheBoundSessionThatMakesIt() {
        Instant end = NOW.plusSeconds(2);
        acme.given(token(PARENT, ADA))
                .when(issue(null, parent(null, SESSION, end)), inSessionOf(PARENT, ADA))
                .expectEvents(issued(end, PARENT, SESSION));
    }

    @Test
    void endsWithTheAccessTokenThatMakesIt() {
        Instant end = NOW.plusSeconds(2);
        acme.when(issue(null, parent(null, SESSION, end)), by(ADA)).expectEvents(issued(end, null, SESSION));
    }

    @Test
    void refusesACredentialOfAnotherOrganization() {
        var foreign = new ParentCredential(GLOBEX, null, SESSION, NOW.plusSeconds(2), null);
        acme.when(issue(null, foreign), by(ADA))
                .expectNoEvents()
                .expectExceptionDetails(SessionRejections.BOUND_TO_ORGANIZATION);
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
