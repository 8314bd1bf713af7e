package io.guildhall.query.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.guildhall.domain.shared.ActorContext;
import io.guildhall.domain.token.TokenEvent.TokenDeactivated;
import io.guildhall.domain.token.TokenEvent.TokenEdited;
import io.guildhall.domain.token.TokenEvent.TokenReactivated;
import io.guildhall.domain.token.TokenEvent.TokenRevoked;
import io.guildhall.query.ReadModels;
import io.guildhall.query.Story;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TokensQueriesTest {

    @RegisterExtension
    final ReadModels models = new ReadModels();

    private final Story story = new Story(models);
    private UUID ada;
    private UUID acme;

    @BeforeEach
    void anOrganization() {
        ada = story.person("Ada");
        acme = story.organization("acme", ada);
    }

    private TokenView find(UUID token) {
        return models.ask(new FindToken(acme, token), TokenView.class);
    }

    private List<String> list(String type, String name, UUID user) {
        return models.ask(new ListTokens(acme, type, name, user, 10, 0), TokenPage.class).credentials().stream()
                .map(TokenView::id)
                .toList();
    }

    @Test
    void loseTheirNamesWhenTheirMakerIsErased() {
        story.token(acme, ada, "USER", "t", null);
        assertThat(models.rows().get("tokens").toString()).contains("for builds");
        assertThat(models.rows().get("token_states").toString()).contains("for builds");

        story.erased(ada, "Ada");

        assertTokenTextIsGone();
        assertThat(asOf(models.now(), "ci")).isEmpty();
        assertThat(asOf(models.now(), null)).extracting(TokenView::name).containsExactly("");
    }

    @Test
    void loseTheirNamesWhenTheirOrganizationIsDeleted() {
        UUID token = story.token(acme, ada, "USER", "t", null);
        models.happened(ActorContext.bySystem(), new TokenRevoked(acme, token, ada, "DEACTIVATION"));

        story.deleted(acme, "acme");

        assertTokenTextIsGone();
    }

    private void assertTokenTextIsGone() {
        for (String table : List.of("tokens", "token_states")) {
            assertThat(models.rows().get(table).toString()).as(table).doesNotContain("for builds");
        }
    }

    @Test
    void findOneAsItIsDescribedNow() {
        Instant issued = models.now();
        UUID token = story.token(acme, ada, "USER", "t", null);
        Instant described = models.now();
        models.happened(
                Story.by(ada),
                new TokenEdited(acme, token, ada, story.seal(ada, "deploy"), story.seal(ada, "nightly")));

        assertThat(find(token))
                .isEqualTo(new TokenView(
                        token.toString(),
                        "USER",
                        "deploy",
                        "nightly",
                        ada.toString(),
                        acme.toString(),
                        issued,
                        described,
                        null,
                        null,
                        "ACTIVE",
                        null));
        assertThat(models.ask(new FindToken(UUID.randomUUID(), token), TokenView.class))
                .isNull();
    }

    /** API tokens stop working with the membership of their maker (R17). */
    @Test
    void listADeactivatedOneAsSuch() {
        UUID token = story.token(acme, ada, "USER", "t", null);
        models.happened(Story.by(ada), new TokenDeactivated(acme, token, ada, "MEMBERSHIP_ENDED"));
        assertThat(find(token).status()).isEqualTo("DEACTIVATED");
        assertThat(list(null, null, null)).hasSize(1);

        models.happened(Story.by(ada), new TokenReactivated(acme, token, ada));
        assertThat(find(token).status()).isEqualTo("ACTIVE");
    }

    @Test
    void showExpiredOnesAndHideRevokedOnes() {
        UUID expired = story.token(acme, ada, "USER", "t1", Duration.ofMillis(1));
        UUID revoked = story.token(acme, ada, "USER", "t2", null);
        models.happened(Story.by(ada), new TokenRevoked(acme, revoked, ada, "REVOKED"));

        assertThat(find(expired).status()).isEqualTo("EXPIRED");
        assertThat(find(revoked)).isNull();
        assertThat(list(null, null, null)).containsExactly(expired.toString());
    }

    @Test
    void listByTypeNameAndMakerNewestFirst() {
        UUID bob = story.person("Bob");
        String first = story.token(acme, ada, "USER", "t1", null).toString();
        String second = story.token(acme, bob, "ORGANIZATION", "t2", null).toString();

        assertThat(list(null, null, null)).containsExactly(second, first);
        assertThat(list("USER", null, null)).containsExactly(first);
        assertThat(list(null, "ci", bob)).containsExactly(second);
        assertThat(list(null, "c", null)).isEmpty();
        assertThat(models.ask(new ListTokens(acme, null, null, null, 1, 0), TokenPage.class)
                        .count())
                .isEqualTo(2);
    }

    @Test
    void listThoseOfAMomentAsTheyWereThen() {
        Instant issued = models.now();
        UUID token = story.token(acme, ada, "USER", "t1", Duration.ofHours(2));
        Instant described = models.now();
        models.happened(
                Story.by(ada), new TokenEdited(acme, token, ada, story.seal(ada, "deploy"), story.seal(ada, "")));
        Instant deactivated = models.now();
        models.happened(Story.by(ada), new TokenDeactivated(acme, token, ada, "MEMBERSHIP_ENDED"));
        Instant reactivated = models.now();
        models.happened(Story.by(ada), new TokenReactivated(acme, token, ada));
        Instant revoked = models.now();
        models.happened(Story.by(ada), new TokenRevoked(acme, token, ada, "REVOKED"));
        models.bean(TokenUsageRecorder.class).used(token, reactivated);
        models.bean(TokenUsageRecorder.class).flush();

        assertThat(asOf(issued.minusNanos(1_000), null)).isEmpty();
        assertThat(asOf(issued, null))
                .extracting(TokenView::name, TokenView::description, TokenView::status, TokenView::updatedAt)
                .containsExactly(tuple("ci", "for builds", "ACTIVE", issued));
        assertThat(asOf(described, null))
                .extracting(TokenView::name, TokenView::description, TokenView::updatedAt)
                .containsExactly(tuple("deploy", "", described));
        assertThat(asOf(deactivated, "deploy"))
                .extracting(TokenView::status, TokenView::createdAt, TokenView::lastUsedAt)
                .containsExactly(tuple("DEACTIVATED", issued, null));
        assertThat(asOf(deactivated, "ci")).isEmpty();
        assertThat(asOf(reactivated, null))
                .extracting(TokenView::status, TokenView::lastUsedAt)
                .containsExactly(tuple("ACTIVE", reactivated));
        assertThat(asOf(revoked, null)).isEmpty();
        assertThat(models.ask(new ListTokensAsOf(acme, "USER", null, ada, issued, 1, 1), TokenPage.class)
                        .count())
                .isEqualTo(1);
    }

    private List<TokenView> asOf(Instant moment, String name) {
        return models.ask(new ListTokensAsOf(acme, null, name, null, moment, 10, 0), TokenPage.class)
                .credentials();
    }

    /** The value of an API token is shown once, and only its hash is stored (R18). */
    @Test
    void showTheLastUseOnceItIsFlushed() {
        UUID token = story.token(acme, ada, "USER", "t", null);
        TokenUsageRecorder tokenUsageRecorder = models.bean(TokenUsageRecorder.class);
        Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);

        tokenUsageRecorder.used(token, now);
        tokenUsageRecorder.used(token, now.minusSeconds(5));
        assertThat(find(token).lastUsedAt()).isNull();
        tokenUsageRecorder.flush();
        assertThat(find(token).lastUsedAt()).isEqualTo(now);

        tokenUsageRecorder.used(token, now.minusSeconds(9));
        tokenUsageRecorder.flush();
        tokenUsageRecorder.flush();
        assertThat(find(token).lastUsedAt()).isEqualTo(now);
    }
}
