package io.guildhall.infrastructure.projection.rebuild;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.guildhall.domain.membership.MembershipEvent.MemberLeft;
import io.guildhall.domain.organization.OrganizationEvent.OrganizationRenamed;
import io.guildhall.query.ReadModels;
import io.guildhall.query.Story;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RebuilderTest {

    @RegisterExtension
    final ReadModels models = new ReadModels();

    /** Number of events written together. */
    private static final int BULK = 20_000;

    private static final int BULK_BESIDE_OTHERS = 2_000;

    private Rebuilder rebuilder;
    private UUID organization;

    @BeforeEach
    void live() {
        rebuilder = models.bean(Rebuilder.class);
        var story = new Story(models);
        UUID ada = story.person("Ada");
        organization = story.organization("acme", ada);
        UUID bob = story.person("Bob");
        story.membership(organization, bob);
        story.erased(bob, "Bob");
    }

    @Test
    void makesTheSameTablesAnew() {
        var before = models.rows();
        String tableBefore = identityOf("members");

        rebuild();

        assertThat(models.rows()).isEqualTo(before);
        assertThat(identityOf("members")).isNotEqualTo(tableBefore);
        assertThat(settingsOf("users")).contains("fillfactor=80");
        assertThat(indexesOf("members")).hasSize(5);
        assertThat(rebuilder.latest().state()).isEqualTo("DONE");
    }

    /** The query locks the last table first, which caused a deadlock when the swap locked tables one by one. */
    @Test
    void isNoDeadlockWithAQueryOverSeveralTables() throws Exception {
        try (Connection query = models.bean(DataSource.class).getConnection();
                Statement statement = query.createStatement()) {
            query.setAutoCommit(false);
            statement.execute("select from webhooks");
            CompletableFuture<Void> rebuilding = CompletableFuture.runAsync(this::rebuild);
            while (!rebuilding.isDone() && !isWaitedFor("webhooks")) {
                Thread.sleep(1);
            }
            statement.execute("select from activities");
            query.commit();
            rebuilding.get(1, TimeUnit.MINUTES);
        }
        assertThat(rebuilder.latest().state()).isEqualTo("DONE");
    }

    private boolean isWaitedFor(String table) {
        return models.sql()
                .sql("select exists (select from pg_locks where not granted and relation = ?::regclass)")
                .param(table)
                .query(Boolean.class)
                .single();
    }

    @Test
    void canBeDoneOverAndOver() {
        var before = models.rows();
        rebuild();
        rebuild();
        assertThat(models.rows()).isEqualTo(before);
    }

    @Test
    void leavesADifferenceToTheOperator() {
        var right = models.rows();
        models.sql()
                .sql("delete from members where organization = ?")
                .param(organization)
                .update();
        var wrong = models.rows();

        rebuild("members");

        assertThat(rebuilder.latest().state()).isEqualTo("DIFFERS");
        assertThat(rebuilder.latest().reason()).contains("members: rows and hash 0:0 in use, 2:");
        assertThat(models.rows()).isEqualTo(wrong);

        rebuilder.acceptDifferences(rebuilder.latest().id());
        rebuilder.work();

        assertThat(rebuilder.latest().state()).isEqualTo("DONE");
        assertThat(models.rows()).isEqualTo(right);
    }

    /** An older node during an upgrade. */
    @Test
    void refusesAnEventTypeThatThisVersionDoesNotKnow() {
        var before = models.rows();
        models.storedUnknown(organization, "member.suspended");

        rebuild("members");

        assertThat(rebuilder.latest().state()).isEqualTo("FAILED");
        assertThat(rebuilder.latest().reason()).contains("does not know the event type member.suspended");
        assertThat(models.rows()).isEqualTo(before);
    }

    @Test
    void stopsAtAnEventThatCannotBeProjectedAndSaysWhich() {
        var before = models.rows();
        models.storedOnly(
                Story.by(UUID.randomUUID()), new MemberLeft(organization, UUID.randomUUID(), UUID.randomUUID()));

        rebuild("members");

        assertThat(rebuilder.latest().state()).isEqualTo("FAILED");
        assertThat(rebuilder.latest().reason()).contains("member.left", organization.toString());
        assertThat(models.rows()).isEqualTo(before);
    }

    @Test
    void leavesEverythingAsItIsWhenCancelled() {
        var before = models.rows();
        RebuildView begun = rebuilder.begin(UUID.randomUUID(), List.of(), false);
        rebuilder.cancel(begun.id());
        rebuilder.work();
        assertThat(rebuilder.latest().state()).isEqualTo("CANCELLED");
        assertThat(models.rows()).isEqualTo(before);
    }

    @Test
    void goesOnAfterItsProcessDied() {
        var before = models.rows();
        RebuildView begun = diedHalfWay();

        assertThat(rebuilder.latest().state()).isEqualTo("BUILDING");
        assertThat(rebuilder.latest().position()).isEqualTo(BULK);
        assertThat(models.rows()).isEqualTo(before);

        models.whenReadBehind(position -> {});
        rebuilder.work();

        RebuildView done = rebuilder.find(begun.id());
        assertThat(done.state()).isEqualTo("DONE");
        assertThat(done.events())
                .as("events since it was taken up again, and not all of them")
                .isLessThan(BULK);
        assertThat(nameOf(organization)).isEqualTo("name-%d".formatted(BULK));
    }

    @Test
    void leavesNothingBehindWhenItsProcessDiedAndItIsCancelled() {
        var before = models.rows();
        RebuildView begun = diedHalfWay();

        rebuilder.cancel(begun.id());
        models.whenReadBehind(position -> {});
        rebuilder.work();

        assertThat(rebuilder.latest().state()).isEqualTo("CANCELLED");
        assertThat(models.rows()).isEqualTo(before);
        assertThat(isBesideIt("organizations")).isFalse();
    }

    @Test
    void stopsWhenItIsCancelledHalfWay() {
        var before = models.rows();
        RebuildView begun = halfWay(() -> rebuilder.cancel(rebuilder.latest().id()));

        rebuilder.work();

        assertThat(rebuilder.find(begun.id()).state()).isEqualTo("CANCELLED");
        assertThat(rebuilder.find(begun.id()).position()).isLessThanOrEqualTo(BULK);
        assertThat(models.rows()).isEqualTo(before);
        assertThat(isBesideIt("organizations")).isFalse();
    }

    @Test
    void takesSmallStepsBesideCallers() {
        models.serve();
        rename(3 * BULK_BESIDE_OTHERS);
        List<Long> readBehind = new ArrayList<>();
        models.whenReadBehind(readBehind::add);

        rebuild("organizations");

        assertThat(rebuilder.latest().state()).isEqualTo("DIFFERS");
        rebuilder.acceptDifferences(rebuilder.latest().id());
        rebuilder.work();
        assertThat(nameOf(organization)).isEqualTo("name-%d".formatted(3 * BULK_BESIDE_OTHERS));
        assertThat(readBehind).as("pages of 200").contains(0L, 200L, 400L, 5_800L, 6_000L);
    }

    @Test
    void takesSmallStepsBesideCallersOfAnotherProcess() {
        rename(BULK_BESIDE_OTHERS);
        RebuildView begun = rebuilder.begin(UUID.randomUUID(), List.of("organizations"), true);
        models.bean(RebuildRepository.class).reportForegroundLoad(begun.id());
        List<Long> readBehind = new ArrayList<>();
        models.whenReadBehind(readBehind::add);

        rebuilder.work();

        assertThat(rebuilder.latest().state()).isEqualTo("DONE");
        assertThat(readBehind).as("pages of 200").contains(200L, 400L, 1_800L);
    }

    @Test
    void saysWhichEventWhenWhatWasWrittenBehindIsRefused() {
        models.serve();
        rename(BULK_BESIDE_OTHERS);
        models.storedOnly(
                Story.by(UUID.randomUUID()), new MemberLeft(organization, UUID.randomUUID(), UUID.randomUUID()));
        rename(2 * BULK_BESIDE_OTHERS);
        var before = models.rows();

        rebuild("organizations", "members");

        assertThat(rebuilder.latest().state()).isEqualTo("FAILED");
        assertThat(rebuilder.latest().reason()).contains("member.left", organization.toString());
        assertThat(models.rows()).isEqualTo(before);
        assertThat(isBesideIt("organizations")).isFalse();
    }

    /** Not caught anywhere, like kill -9. */
    private static final class Death extends Error {}

    private RebuildView diedHalfWay() {
        RebuildView begun = halfWay(() -> {
            throw new Death();
        });
        assertThatExceptionOfType(Death.class).isThrownBy(rebuilder::work);
        return begun;
    }

    /** Starts a rebuild with more events than one step handles; an event is appended after the first step. */
    private RebuildView halfWay(Runnable then) {
        rename(BULK);
        models.whenReadBehind(position -> {
            if (position == BULK) {
                then.run();
            }
        });
        return rebuilder.begin(UUID.randomUUID(), List.of("organizations"), true);
    }

    private void rename(int times) {
        for (int n = 1; n <= times; n++) {
            models.storedOnly(
                    Story.by(UUID.randomUUID()),
                    new OrganizationRenamed(organization, "name-%d".formatted(n - 1), "name-%d".formatted(n)));
        }
    }

    private boolean isBesideIt(String table) {
        return models.sql()
                .sql("select to_regclass('next_generation.' || ?) is not null")
                .param(table)
                .query(Boolean.class)
                .single();
    }

    private String nameOf(UUID organization) {
        return models.sql()
                .sql("select name from organizations where organization = ?")
                .param(organization)
                .query(String.class)
                .single();
    }

    @Test
    void isOneAtATime() {
        rebuilder.begin(UUID.randomUUID(), List.of(), false);
        assertThatIllegalStateException().isThrownBy(() -> rebuilder.begin(UUID.randomUUID(), List.of(), false));
    }

    @Test
    void refusesAProjectionThatThereIsNot() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> rebuilder.begin(UUID.randomUUID(), List.of("memberz"), false))
                .withMessageContaining("memberz");
    }

    @Test
    void rebuildsWhatTheCodeIsNewerThan() {
        rebuilder.beginWhereCodeIsNewer();
        assertThat(rebuilder.latest()).isNull();
        models.sql()
                .sql("update projections set version = 0 where name = 'tokens'")
                .update();

        rebuilder.beginWhereCodeIsNewer();

        assertThat(rebuilder.latest().projections()).containsExactly("tokens");
        rebuilder.work();
        assertThat(models.sql()
                        .sql("select version from projections where name = 'tokens'")
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);
    }

    private void rebuild(String... names) {
        rebuilder.begin(UUID.randomUUID(), List.of(names), false);
        rebuilder.work();
    }

    private String identityOf(String table) {
        return models.sql()
                .sql("select ?::regclass::oid::text")
                .param("public." + table)
                .query(String.class)
                .single();
    }

    private String settingsOf(String table) {
        return models.sql()
                .sql("select reloptions::text from pg_class where oid = ?::regclass")
                .param("public." + table)
                .query(String.class)
                .single();
    }

    private List<String> indexesOf(String table) {
        return models.sql()
                .sql("select indexname from pg_indexes where schemaname = 'public' and tablename = ?")
                .param(table)
                .query(String.class)
                .list();
    }
}
