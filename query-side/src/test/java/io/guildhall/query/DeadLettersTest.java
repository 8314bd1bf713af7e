package io.guildhall.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.guildhall.domain.membership.MembershipEvent.MemberRemoved;
import io.guildhall.domain.organization.OrganizationEvent.OrganizationRenamed;
import io.guildhall.domain.organization.OrganizationEvent.PlanChanged;
import io.guildhall.infrastructure.projection.deadletter.DeadLetter;
import io.guildhall.infrastructure.projection.deadletter.DeadLetterProcessor;
import io.guildhall.infrastructure.projection.deadletter.DeadLetterRepository;
import io.guildhall.infrastructure.projection.rebuild.Rebuilder;
import io.guildhall.query.organization.FindOrganization;
import io.guildhall.query.organization.OrganizationView;
import io.guildhall.query.session.AccessUndeterminedException;
import io.guildhall.query.session.BearerTokenLookup;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A constraint makes projecting some events fail. */
class DeadLettersTest {

    private static final Duration DAY = Duration.ofDays(1);

    @RegisterExtension
    final ReadModels models = new ReadModels();

    private final Story story = new Story(models);
    private DeadLetterRepository letters;
    private DeadLetterProcessor deadLetterProcessor;
    private UUID ada;
    private UUID acme;
    private UUID other;

    @BeforeEach
    void organizations() {
        letters = models.bean(DeadLetterRepository.class);
        deadLetterProcessor = models.bean(DeadLetterProcessor.class);
        ada = story.person("Ada");
        acme = story.organization("acme", ada);
        other = story.organization("other", story.person("Bob"));
        models.sql()
                .sql("alter table organizations add constraint not_poison check (name <> 'poison')")
                .update();
    }

    private void mend() {
        models.sql().sql("alter table organizations drop constraint not_poison").update();
    }

    private void renamed(UUID organization, String from, String to) {
        models.happenedLeniently(Story.by(ada), new OrganizationRenamed(organization, from, to));
    }

    private String nameOf(UUID organization) {
        return models.ask(new FindOrganization(organization), OrganizationView.class)
                .name();
    }

    private long activitiesOf(UUID trail) {
        return models.sql()
                .sql("select count(*) from activities where trail = ?")
                .param(trail)
                .query(Long.class)
                .single();
    }

    @Test
    void holdWhatAProjectionCannotTakeWhileEverythingElseGoesOn() {
        long before = activitiesOf(acme);

        renamed(acme, "acme", "poison");
        renamed(other, "other", "further");

        assertThat(letters.list(null, 10, 0)).singleElement().satisfies(letter -> {
            assertThat(letter.projection()).isEqualTo("organizations");
            assertThat(letter.trail()).isEqualTo(acme.toString());
            assertThat(letter.event()).isEqualTo("organization.renamed");
            assertThat(letter.reason()).isEqualTo("DataIntegrityViolationException 23514 organizations not_poison");
        });
        assertThat(nameOf(acme)).isEqualTo("acme");
        assertThat(nameOf(other)).isEqualTo("further");
        assertThat(activitiesOf(acme)).isEqualTo(before + 1);
    }

    @Test
    void keepTheOrderOfAStream() {
        renamed(acme, "acme", "poison");
        renamed(acme, "poison", "mended");
        models.happenedLeniently(Story.by(ada), new PlanChanged(acme, "hobby", "starter"));

        assertThat(letters.list("organizations", 10, 0))
                .extracting(DeadLetter::event, DeadLetter::reason)
                .satisfiesExactly(
                        poisoned -> assertThat(poisoned.toList().get(1)).isNotNull(),
                        waiting -> assertThat(waiting.toList()).containsExactly("organization.renamed", null),
                        waiting -> assertThat(waiting.toList()).containsExactly("organization.plan_changed", null));
        assertThat(nameOf(acme)).isEqualTo("acme");

        assertThat(deadLetterProcessor.retryAll(null)).isZero();
        assertThat(letters.list(null, 10, 0).getFirst().attempts()).isEqualTo(1);

        mend();

        assertThat(deadLetterProcessor.retryAll("members")).isZero();
        assertThat(deadLetterProcessor.retryAll("organizations")).isEqualTo(3);
        assertThat(nameOf(acme)).isEqualTo("mended");
        assertThat(letters.counts()).isEmpty();
        var asLive = models.rows();
        models.rebuild();
        assertThat(models.rows()).isEqualTo(asLive);
    }

    @Test
    void letOthersOfTheSameActGoOn() {
        UUID membership = story.membership(acme, story.person("Eve"));

        models.happenedLeniently(
                Story.by(ada),
                new OrganizationRenamed(acme, "acme", "poison"),
                new MemberRemoved(acme, membership, ada));

        assertThat(letters.counts()).containsOnlyKeys("organizations");
        assertThat(models.sql()
                        .sql("select ended is not null from members where membership = ?")
                        .param(membership)
                        .query(Boolean.class)
                        .single())
                .isTrue();
    }

    @Test
    void canBeDiscarded() {
        renamed(acme, "acme", "poison");
        renamed(acme, "poison", "mended");

        assertThat(deadLetterProcessor.discard(
                        letters.list(null, 1, 0).getFirst().id()))
                .isEqualTo(1);

        assertThat(nameOf(acme)).isEqualTo("mended");
        assertThat(letters.counts()).isEmpty();
    }

    @Test
    void stopARebuildAndAreGoneAfterOneThatSucceeds() {
        Rebuilder rebuilder = models.bean(Rebuilder.class);
        renamed(acme, "acme", "poison");
        renamed(acme, "poison", "mended");

        rebuilder.begin(UUID.randomUUID(), List.of("organizations"), true);
        rebuilder.work();

        assertThat(rebuilder.latest().state()).isEqualTo("FAILED");
        assertThat(rebuilder.latest().reason())
                .contains("organization.renamed", acme.toString(), "not_poison")
                .doesNotContain("'");
        assertThat(letters.counts()).containsEntry("organizations", 2L);

        mend();
        rebuilder.begin(UUID.randomUUID(), List.of("organizations"), false);
        rebuilder.work();

        assertThat(rebuilder.latest().state()).isEqualTo("DIFFERS");
        assertThat(rebuilder.latest().reason()).contains("2 dead letters");
        rebuilder.acceptDifferences(rebuilder.latest().id());
        rebuilder.work();

        assertThat(rebuilder.latest().state()).isEqualTo("DONE");
        assertThat(nameOf(acme)).isEqualTo("mended");
        assertThat(letters.counts()).isEmpty();
    }

    /** API tokens stop working with the membership of their maker (R17). */
    @Test
    void letNobodyInWhoseAccessMayHaveEnded() {
        UUID eve = story.person("Eve");
        UUID membership = story.membership(acme, eve);
        story.session(eve, acme, null, "of acme", DAY);
        story.session(eve, null, null, "of none", DAY);
        models.sql()
                .sql("alter table members add constraint poison check (ended is null)")
                .update();
        BearerTokenLookup bearerTokenLookup = models.bean(BearerTokenLookup.class);

        models.happenedLeniently(Story.by(ada), new MemberRemoved(acme, membership, ada));

        assertThatExceptionOfType(AccessUndeterminedException.class)
                .isThrownBy(() -> bearerTokenLookup.findSession("of acme"));
        assertThat(bearerTokenLookup.findSession("of none")).isNotNull();

        models.sql().sql("alter table members drop constraint poison").update();
        deadLetterProcessor.retryAll(null);

        assertThat(bearerTokenLookup.findSession("of acme").member()).isFalse();
    }
}
