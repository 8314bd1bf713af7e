package io.guildhall.query.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.guildhall.domain.organization.OrganizationEvent.OrganizationLocked;
import io.guildhall.domain.session.SessionEvent.SessionEnded;
import io.guildhall.domain.session.SessionEvent.SignInEnded;
import io.guildhall.domain.shared.ActorContext;
import io.guildhall.domain.token.TokenEvent.TokenDeactivated;
import io.guildhall.domain.token.TokenEvent.TokenIssued;
import io.guildhall.domain.token.TokenEvent.TokenReactivated;
import io.guildhall.domain.token.TokenEvent.TokenRevoked;
import io.guildhall.query.ReadModels;
import io.guildhall.query.Story;
import io.guildhall.query.organization.FindOrganization;
import io.guildhall.query.organization.OrganizationView;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * API tokens stop working with the membership of their maker (R17); the value of an API token is shown once, and only
 * its hash is stored (R18).
 */
class BearerTokenLookupTest {

    private static final Duration DAY = Duration.ofDays(1);

    @RegisterExtension
    final ReadModels models = new ReadModels();

    private final Story story = new Story(models);
    private UUID ada;
    private UUID acme;
    private UUID membership;

    @BeforeEach
    void aMember() {
        ada = story.person("Ada");
        acme = story.organization("acme", story.person("Bob"));
        membership = story.membership(acme, ada);
    }

    private @Nullable CallerView session(String hash) {
        return models.bean(BearerTokenLookup.class).findSession(hash);
    }

    private @Nullable CallerView token(String hash) {
        return models.bean(BearerTokenLookup.class).findToken(hash);
    }

    private OrganizationView shown(UUID organization) {
        return models.ask(new FindOrganization(organization), OrganizationView.class);
    }

    @Test
    void knowASessionWithAndWithoutAnOrganization() {
        Instant expires = models.now().plus(DAY);
        UUID scoped = story.session(ada, acme, null, "s1", DAY);
        story.session(ada, null, null, "s2", DAY);

        assertThat(session("s1"))
                .isEqualTo(new CallerView(
                        "SESSION",
                        scoped,
                        ada,
                        acme,
                        null,
                        true,
                        "ACTIVE",
                        false,
                        expires,
                        null,
                        true,
                        scoped,
                        expires.minus(DAY),
                        null,
                        shown(acme)));
        assertThat(session("s1").itself()).isNotNull();
        assertThat(session("s2").organization()).isNull();
        assertThat(session("s2").itself()).isNull();
        assertThat(session("s2").member()).isFalse();
        assertThat(session("s2").organizationStatus()).isNull();
        assertThat(session("unknown")).isNull();
        assertThat(token("s1")).isNull();
    }

    @Test
    void knowNoSessionThatHasEndedOrExpired() {
        UUID ended = story.session(ada, acme, null, "s1", DAY);
        models.happened(Story.by(ada), new SessionEnded(ada, ended, "LOGOUT"));
        story.session(ada, acme, null, "s2", Duration.ofMillis(1));

        assertThat(session("s1")).isNull();
        assertThat(session("s2")).isNull();
    }

    @Test
    void forgetExpiredSessionsWhenTheUserStartsAnother() {
        story.session(ada, null, null, "s1", Duration.ofMillis(1));
        story.session(ada, null, null, "s2", DAY);

        assertThat(models.rows().get("sessions")).hasSize(1);
    }

    @Test
    void areNoMembersOnceTheMembershipHasEnded() {
        story.session(ada, acme, null, "s", DAY);
        story.left(acme, membership, ada);
        assertThat(session("s").member()).isFalse();

        story.membership(acme, ada);
        assertThat(session("s").member()).isTrue();
    }

    @Test
    void knowASessionActingInAnOrganizationThatItIsNotBoundTo() {
        UUID free = story.session(ada, null, null, "free", DAY);
        story.session(ada, acme, null, "switched", DAY);
        story.session(ada, null, story.token(acme, ada, "USER", "t", DAY), "of a token", DAY);
        UUID zeta = story.organization("zeta", ada);
        story.membership(zeta, ada);
        UUID foreign = story.organization("foreign", story.person("Eve"));

        assertThat(in(acme, "free").id()).isEqualTo(free);
        assertThat(in(acme, "free").organization()).isEqualTo(acme);
        assertThat(in(acme, "free").member()).isTrue();
        assertThat(in(acme, "free").itself()).isEqualTo(shown(acme));
        assertThat(in(zeta, "free").member()).isTrue();
        assertThat(in(foreign, "free").member()).isFalse();
        assertThat(in(UUID.randomUUID(), "free").member()).isFalse();
        assertThat(in(acme, "switched").member()).isTrue();
        assertThat(in(zeta, "switched").member()).isTrue();
        assertThat(in(acme, "of a token")).isNull();
        assertThat(in(acme, "unknown")).isNull();

        story.left(acme, membership, ada);
        assertThat(in(acme, "free").member()).isFalse();
    }

    private @Nullable CallerView in(UUID organization, String hash) {
        return models.bean(BearerTokenLookup.class).findSessionIn(organization, hash);
    }

    @Test
    void knowTokensOfBothTypes() {
        Instant expires = models.now().plus(DAY);
        UUID users = story.token(acme, ada, "USER", "t1", DAY);
        UUID organizations = story.token(acme, ada, "ORGANIZATION", "t2", null);

        assertThat(token("t1"))
                .isEqualTo(new CallerView(
                        "USER",
                        users,
                        ada,
                        acme,
                        null,
                        true,
                        "ACTIVE",
                        false,
                        expires,
                        null,
                        false,
                        null,
                        null,
                        null,
                        shown(acme)));
        assertThat(token("t2"))
                .isEqualTo(new CallerView(
                        "ORGANIZATION",
                        organizations,
                        null,
                        acme,
                        null,
                        true,
                        "ACTIVE",
                        false,
                        Instant.MAX,
                        null,
                        false,
                        null,
                        null,
                        null,
                        shown(acme)));
    }

    @Test
    void knowWhatAloneATokenIsGoodFor() {
        models.happened(
                Story.by(ada),
                new TokenIssued(
                        acme,
                        UUID.randomUUID(),
                        ada,
                        "ORGANIZATION",
                        story.seal(ada, "audit"),
                        story.seal(ada, ""),
                        "t",
                        null,
                        List.of("activities:read"),
                        null,
                        null));

        assertThat(token("t").scopes()).containsExactly("activities:read");
    }

    @Test
    void areNoMembersByADeactivatedToken() {
        UUID token = story.token(acme, ada, "USER", "t", null);
        models.happened(Story.by(ada), new TokenDeactivated(acme, token, ada, "MEMBERSHIP_ENDED"));
        assertThat(token("t").member()).isFalse();

        models.happened(Story.by(ada), new TokenReactivated(acme, token, ada));
        assertThat(token("t").member()).isTrue();
    }

    @Test
    void areNoMembersByATokenOfTheOrganizationWhoseMakerHasLeft() {
        story.token(acme, ada, "ORGANIZATION", "t", null);
        story.left(acme, membership, ada);

        assertThat(token("t").member()).isFalse();
    }

    @Test
    void knowNoTokenThatIsRevokedOrExpired() {
        UUID revoked = story.token(acme, ada, "USER", "t1", null);
        models.happened(Story.by(ada), new TokenRevoked(acme, revoked, ada, "REVOKED"));
        story.token(acme, ada, "USER", "t2", Duration.ofMillis(1));

        assertThat(token("t1")).isNull();
        assertThat(token("t2")).isNull();
    }

    @Test
    void knowASessionMadeWithATokenAsLongAsTheTokenWorks() {
        UUID token = story.token(acme, ada, "USER", "t", null);
        story.session(ada, acme, token, "s", DAY);
        assertThat(session("s").sessionToken()).isEqualTo(token);

        models.happened(Story.by(ada), new TokenDeactivated(acme, token, ada, "MEMBERSHIP_ENDED"));
        assertThat(session("s")).isNull();
        models.happened(Story.by(ada), new TokenReactivated(acme, token, ada));
        assertThat(session("s")).isNotNull();
        models.happened(Story.by(ada), new TokenRevoked(acme, token, ada, "REVOKED"));
        assertThat(session("s")).isNull();
    }

    @Test
    void knowNothingThatCameOutOfASignInThatEnded() {
        UUID signIn = story.session(ada, null, null, "first", DAY);
        UUID accessToken = UUID.randomUUID();
        story.session(ada, UUID.randomUUID(), acme, null, "SWITCH", "switched", DAY, signIn, null, null);
        story.session(ada, accessToken, acme, null, "ACCESS_TOKEN", "access", DAY, signIn, null, null);
        UUID token = tokenMadeWith(accessToken, "token");
        story.session(ada, UUID.randomUUID(), acme, token, "SWITCH", "of token", DAY, signIn, accessToken, null);
        UUID other = story.session(ada, null, null, "other", DAY);
        assertThat(session("switched").interactive()).isTrue();
        assertThat(session("access").interactive()).isFalse();
        assertThat(token("token").signIn()).isEqualTo(signIn);
        assertThat(token("token").parentSession()).isEqualTo(accessToken);
        assertThat(session("of token").sessionToken()).isEqualTo(token);

        models.happened(Story.by(ada), new SignInEnded(ada, signIn, "LOGOUT"));

        assertThat(List.of("first", "switched", "access", "of token"))
                .allSatisfy(hash -> assertThat(session(hash)).isNull());
        assertThat(token("token")).isNull();
        assertThat(session("other").signIn()).isEqualTo(other);
    }

    @Test
    void knowATokenAsLongAsTheAccessTokenThatMadeIt() {
        UUID signIn = story.session(ada, null, null, "first", DAY);
        UUID accessToken = UUID.randomUUID();
        story.session(ada, accessToken, acme, null, "ACCESS_TOKEN", "access", Duration.ofMillis(1), signIn, null, null);
        tokenMadeWith(accessToken, "token");

        assertThat(token("token")).isNull();
    }

    /** Every use of a sign-in's sessions and tokens counts, and so does the start of a session. */
    @Test
    void knowNothingOfASignInThatIsIdleTooLong() {
        UUID signIn = story.session(ada, null, null, "first", DAY);
        UUID accessToken = UUID.randomUUID();
        story.session(ada, accessToken, acme, null, "ACCESS_TOKEN", "access", DAY, signIn, null, null);
        tokenMadeWith(accessToken, "token");
        models.sql()
                .sql("update sessions set started = now() - interval '3 hours'")
                .update();
        assertThat(session("first")).isNull();
        assertThat(session("access")).isNull();
        assertThat(token("token")).isNull();

        SignInLastUse uses = models.bean(SignInLastUse.class);
        uses.used(signIn, Instant.now().minus(Duration.ofHours(1)));
        uses.flush();
        assertThat(session("first")).isNotNull();
        assertThat(session("access")).isNotNull();
        assertThat(token("token")).isNotNull();

        uses.deleteOlderThan(Duration.ofMinutes(30));
        assertThat(session("first")).isNull();
    }

    @Test
    void listSignInsWithTheirUse() {
        UUID first = story.session(ada, null, null, "s1", DAY);
        models.later(Duration.ofMinutes(1));
        UUID second = story.session(ada, null, null, "s2", DAY);
        story.session(ada, UUID.randomUUID(), acme, null, "SWITCH", "s3", DAY, first, null, null);
        story.session(ada, UUID.randomUUID(), acme, null, "ACCESS_TOKEN", "s4", DAY, first, null, null);
        story.session(story.person("Carol"), null, null, "s5", DAY);
        SignInLastUse uses = models.bean(SignInLastUse.class);
        Instant used = models.now().plusSeconds(7);
        uses.used(first, used);
        uses.flush();

        SessionPage page = models.ask(new ListSessions(ada, 10, 0), SessionPage.class);

        assertThat(page.sessions()).extracting(SessionView::id).containsExactly(first.toString(), second.toString());
        assertThat(page.sessions().getFirst().lastUsedAt()).isEqualTo(used);
        assertThat(page.sessions())
                .extracting(SessionView::address, SessionView::client)
                .containsOnly(tuple("192.0.2.7", "Firefox on Linux"));
        assertThat(page.count()).isEqualTo(2);
    }

    private UUID tokenMadeWith(UUID session, String hash) {
        UUID token = UUID.randomUUID();
        models.happened(
                Story.by(ada),
                new TokenIssued(
                        acme, token, ada, "USER", story.seal(ada, "ci"), null, hash, null, null, null, session));
        return token;
    }

    @Test
    void seeALockBesideTheStatus() {
        story.session(ada, acme, null, "s", DAY);
        models.happened(ActorContext.byOperator(null), new OrganizationLocked(acme, story.seal(acme, "unpaid")));

        assertThat(session("s").locked()).isTrue();
        assertThat(session("s").organizationStatus()).isEqualTo("ACTIVE");
    }
}
