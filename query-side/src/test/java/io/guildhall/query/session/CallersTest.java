package io.guildhall.query.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.domain.kernel.Act;
import io.guildhall.domain.organization.events.OrganizationLocked;
import io.guildhall.domain.session.events.SessionEnded;
import io.guildhall.domain.token.events.TokenDeactivated;
import io.guildhall.domain.token.events.TokenIssued;
import io.guildhall.domain.token.events.TokenReactivated;
import io.guildhall.domain.token.events.TokenRevoked;
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

/** R17, R18. */
class CallersTest {

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
        return models.bean(Callers.class).findSession(hash);
    }

    private @Nullable CallerView token(String hash) {
        return models.bean(Callers.class).findToken(hash);
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
                        "SESSION", scoped, ada, acme, null, true, "ACTIVE", false, expires, null, shown(acme)));
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
    void forgetExpiredSessionsWhenTheAccountStartsAnother() {
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
    void knowTokensOfBothTypes() {
        Instant expires = models.now().plus(DAY);
        UUID users = story.token(acme, ada, "USER", "t1", DAY);
        UUID organizations = story.token(acme, ada, "ORGANIZATION", "t2", null);

        assertThat(token("t1"))
                .isEqualTo(new CallerView(
                        "USER", users, ada, acme, null, true, "ACTIVE", false, expires, null, shown(acme)));
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
                        "audit",
                        "",
                        "t",
                        null,
                        List.of("activities:read")));

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
        assertThat(session("s").via()).isEqualTo(token);

        models.happened(Story.by(ada), new TokenDeactivated(acme, token, ada, "MEMBERSHIP_ENDED"));
        assertThat(session("s")).isNull();
        models.happened(Story.by(ada), new TokenReactivated(acme, token, ada));
        assertThat(session("s")).isNotNull();
        models.happened(Story.by(ada), new TokenRevoked(acme, token, ada, "REVOKED"));
        assertThat(session("s")).isNull();
    }

    @Test
    void seeALockBesideTheStatus() {
        story.session(ada, acme, null, "s", DAY);
        models.happened(Act.byOperator(null), new OrganizationLocked(acme, "unpaid"));

        assertThat(session("s").locked()).isTrue();
        assertThat(session("s").organizationStatus()).isEqualTo("ACTIVE");
    }
}
