package io.guildhall.query.activity;

import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.domain.organization.OrganizationEvent.ActivityRetentionSet;
import io.guildhall.domain.organization.OrganizationEvent.DeactivationRequested;
import io.guildhall.domain.organization.OrganizationEvent.OrganizationRenamed;
import io.guildhall.domain.organization.OrganizationEvent.PlanChanged;
import io.guildhall.infrastructure.projection.rebuild.Rebuilder;
import io.guildhall.query.ReadModels;
import io.guildhall.query.Story;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The plan {@code short-lived} shows activities for 30 minutes; the first event is an hour old. Partitions are dropped
 * at the beginning of a week.
 */
class ActivityRetentionJobTest {

    private static final ActivityFilter ALL = ActivityFilter.everything();

    @RegisterExtension
    final ReadModels models = new ReadModels();

    private final Story story = new Story(models);
    private final LocalDate today = LocalDate.now(Clock.systemUTC());
    private ActivityRetentionJob keeper;
    private UUID ada;
    private UUID acme;
    private UUID globex;

    @BeforeEach
    void twoTrails() {
        keeper = models.bean(ActivityRetentionJob.class);
        ada = story.person("Ada");
        acme = story.organization("acme", ada);
        globex = story.organization("globex", ada);
        models.happened(Story.by(ada), new PlanChanged(acme, "hobby", "short-lived"));
        asked(acme, 3);
        asked(globex, 3);
        keeper.keep(today);
        models.later(Duration.ofMinutes(45));
        asked(acme, 2);
        asked(globex, 2);
    }

    private void asked(UUID organization, int times) {
        for (int i = 0; i < times; i++) {
            models.happened(Story.by(ada), new DeactivationRequested(organization, UUID.randomUUID(), Instant.EPOCH));
        }
    }

    /** The rows in partitions. */
    private LocalDate weeksLater() {
        return today.plusWeeks(3);
    }

    private long rows(UUID trail) {
        return models.sql()
                .sql("select count(*) from activities where trail = ?")
                .param(trail)
                .query(Long.class)
                .single();
    }

    private long rowsUntil(UUID trail) {
        return models.sql()
                .sql("select count(*) from activities where trail = ? and drop_on < 'infinity'")
                .param(trail)
                .query(Long.class)
                .single();
    }

    private List<String> partitions() {
        return models.sql()
                .sql(
                        "select relname from pg_class where relname like 'activities_until_%' and relkind = 'r' order by 1")
                .query(String.class)
                .list();
    }

    private List<Long> shown(UUID trail) {
        return models.ask(new ListActivities(trail, ALL, true, 0L, 100, 0), ActivityPage.class).activities().stream()
                .map(ActivityView::sequence)
                .toList();
    }

    @Test
    void movesWhatThereIsAndPutsNewOnesBesideItButNoOtherTrail() {
        // Creation, first member, plan: activities that name the organization stay, for users' own trails.
        assertThat(rows(acme)).isEqualTo(8);
        assertThat(rowsUntil(acme)).isEqualTo(7);
        assertThat(rowsUntil(globex)).isZero();
        assertThat(rowsUntil(ada)).isZero();
        assertThat(shown(acme)).containsExactly(7L, 8L);
        assertThat(partitions()).isNotEmpty();
    }

    @Test
    void dropsWholePartitionsAndNothingOfOtherTrails() {
        List<String> before = partitions();
        makeShort("45 minutes ago is over");

        keeper.keep(weeksLater());

        assertThat(partitions()).doesNotContainAnyElementsOf(before.subList(0, 1));
        assertThat(rowsUntil(acme)).isZero();
        assertThat(rows(acme)).isEqualTo(1);
        assertThat(shown(acme)).isEmpty();
        assertThat(rows(globex)).isEqualTo(7);
        assertThat(shown(globex)).hasSize(7);
        assertThat(models.sql()
                        .sql("select dropped_up_to from trail_retentions where trail = ?")
                        .param(acme)
                        .query(Long.class)
                        .single())
                .isEqualTo(8);
    }

    /** Makes all activities older than the retention. */
    private void makeShort(String why) {
        assertThat(models.sql()
                        .sql("update activities set occurred_at = occurred_at - interval '1 day' where trail = ?")
                        .param(acme)
                        .update())
                .as(why)
                .isEqualTo(8);
    }

    @Test
    void keepsCountingWhereNothingIsLeft() {
        makeShort("nothing is shown");
        keeper.keep(weeksLater());

        HeadsView heads = models.ask(new FindHeads(List.of(acme)), HeadsView.class);
        assertThat(heads.heads()).containsEntry(acme, 8L);
        assertThat(models.ask(new ListActivities(acme, ALL, false, null, 10, 0), ActivityPage.class)
                        .head())
                .isEqualTo(8);
        asked(acme, 1);
        assertThat(shown(acme)).containsExactly(9L);
    }

    @Test
    void savesWhatIsStillShownOfAPartitionThatIsDue() {
        keeper.keep(weeksLater());

        assertThat(shown(acme)).containsExactly(7L, 8L);
        assertThat(rowsUntil(acme)).isEqualTo(2);
    }

    @Test
    void savesWhatALongerRetentionShowsAgain() {
        models.happened(Story.by(ada), new PlanChanged(acme, "short-lived", "enterprise"));
        assertThat(shown(acme)).hasSize(9);

        keeper.keep(weeksLater());

        assertThat(shown(acme)).hasSize(9);
        assertThat(rowsUntil(acme)).isZero();
    }

    @Test
    void doesNotShowAgainWhatIsPartlyGone() {
        makeShort("nothing is shown");
        keeper.keep(weeksLater());
        models.happened(Story.by(ada), new PlanChanged(acme, "short-lived", "enterprise"));

        assertThat(shown(acme)).containsExactly(9L);
        assertThat(models.ask(new ListActivities(ada, ALL, true, 0L, 100, 0), ActivityPage.class).activities().stream()
                        .map(it -> it.object().name()))
                .contains("acme");
    }

    @Test
    void takesTheSmallerOfPlanAndSetting() {
        models.later(Duration.ofDays(-40).minusHours(1));
        UUID initech = story.organization("initech", ada);
        models.later(Duration.ofDays(20));
        asked(initech, 1);
        models.later(Duration.ofDays(20));
        assertThat(shown(initech)).hasSize(3);

        models.happened(Story.by(ada), new ActivityRetentionSet(initech, 0, 30));
        assertThat(shown(initech)).containsExactly(3L, 4L);
        models.happened(Story.by(ada), new PlanChanged(initech, "hobby", "short-lived"));
        assertThat(shown(initech)).isEmpty();
        models.happened(Story.by(ada), new PlanChanged(initech, "short-lived", "hobby"));
        models.happened(Story.by(ada), new ActivityRetentionSet(initech, 30, 0));
        assertThat(shown(initech)).hasSize(7);
    }

    @Test
    void leavesARebuildInPeaceThatMakesNoneOfThemAgain() {
        makeShort("nothing is shown");
        keeper.keep(weeksLater());
        var rebuilder = models.bean(Rebuilder.class);
        rebuilder.begin(UUID.randomUUID(), List.of("activities"), false);
        List<String> partitions = partitions();
        keeper.keep(weeksLater().plusYears(1));
        assertThat(partitions()).isEqualTo(partitions);

        rebuilder.work();

        assertThat(rebuilder.latest().reason()).isNull();
        assertThat(rebuilder.latest().state()).isEqualTo("DONE");
        assertThat(partitions()).isEqualTo(partitions);
        assertThat(shown(acme)).isEmpty();
        assertThat(shown(globex)).hasSize(7);
        asked(acme, 1);
        assertThat(shown(acme)).containsExactly(9L);
        keeper.keep(weeksLater().plusWeeks(3));
        assertThat(shown(acme)).containsExactly(9L);
    }

    @Test
    void finishesWhatAProcessThatDiedHasBegun() {
        makeShort("nothing is shown");
        String first = partitions().getFirst();
        long before = identityOf(first);
        models.sql()
                .sql("delete from activity_partitions where to_char(drop_on, 'YYYYMMDD') = right(?, 8)")
                .param(first)
                .update();

        keeper.keep(today);

        // Created again, as today's rows need it.
        assertThat(identityOf(first)).isNotEqualTo(before);
    }

    private long identityOf(String table) {
        return models.sql()
                .sql("select oid from pg_class where relname = ?")
                .param(table)
                .query(Long.class)
                .single();
    }

    /** One of several nodes does it; the others continue. */
    @Test
    void letsOneOfManyDoIt() throws Exception {
        makeShort("nothing is shown");
        try (var processes = Executors.newFixedThreadPool(4)) {
            List<Callable<Boolean>> keeping = Collections.nCopies(4, () -> {
                keeper.keep(weeksLater());
                return true;
            });
            for (Future<Boolean> kept : processes.invokeAll(keeping)) {
                assertThat(kept.get()).isTrue();
            }
        }
        keeper.keep(weeksLater());

        assertThat(rows(acme)).isEqualTo(1);
        assertThat(rows(globex)).isEqualTo(7);
        assertThat(partitions())
                .hasSize(models.sql()
                        .sql("select count(*) from activity_partitions")
                        .query(Integer.class)
                        .single());
    }

    @Test
    void putsNothingIntoWhatIsAboutToGo() {
        models.happened(Story.by(ada), new OrganizationRenamed(acme, "acme", "acme-2"));
        LocalDate next = models.sql()
                .sql("select min(drop_on) from activities where trail = ?")
                .param(acme)
                .query(LocalDate.class)
                .single();

        assertThat(next).isAfter(today.plusDays(1));
    }
}
