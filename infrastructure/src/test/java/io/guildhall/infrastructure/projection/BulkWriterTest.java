package io.guildhall.infrastructure.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.guildhall.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.transaction.support.TransactionTemplate;

class BulkWriterTest {

    private static final TableDefinition THINGS = TableDefinition.changed("things", "id", "owner");
    private static final TableDefinition WORDS = TableDefinition.added("words", "id");
    private static final TableDefinition ALL_TYPES = TableDefinition.added("all_types", "id");
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00.123456Z");

    private final SingleConnectionDataSource database = new SingleConnectionDataSource(connection(), true);
    private final JdbcTemplate jdbc = new JdbcTemplate(database);
    private final TransactionTemplate transaction = new TransactionTemplate(new DataSourceTransactionManager(database));
    private final ProjectionWriter projectionWriter = new ProjectionWriter(jdbc);
    private final BulkWriter bulkWriter;
    private final Random random = new Random(7);

    BulkWriterTest() {
        jdbc.execute("""
                create table things (id uuid primary key, owner uuid, mood text, name text not null default 'none', texts text[],
                    at timestamptz, said jsonb not null default '{}', many boolean not null generated always as (true) stored)
                """);
        jdbc.execute("create table words (id bigint primary key, word text, length integer)");
        jdbc.execute("""
                create table all_types (id uuid primary key, is_so boolean default true, many bigint, few integer, day date default 'infinity',
                    at timestamptz, said jsonb, word text default 'none', words text[])
                """);
        bulkWriter = new BulkWriter(jdbc);
    }

    private static Connection connection() {
        try {
            return TestDatabase.empty().dataSource().getConnection();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @AfterEach
    void close() {
        database.destroy();
    }

    @BeforeEach
    void empty() {
        jdbc.execute("truncate things, words, all_types");
    }

    /** Random changes, written directly and in bulk; few keys, so that changes often affect the same rows. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3, 10, 1_000})
    void comesToTheSameAsWritingAtOnce(int flushedAfter) {
        List<Consumer<ProjectionWriter>> work = new ArrayList<>();
        List<UUID> there = new ArrayList<>();
        List<UUID> owners = List.of(new UUID(0, 1), new UUID(0, 2), new UUID(0, 3));
        for (int n = 0; n < 400; n++) {
            UUID owner = owners.get(random.nextInt(owners.size()));
            String text = "a\tb\\c\n\"%d\" {,} é".formatted(n);
            int what = random.nextInt(10);
            if (what < 4 || there.isEmpty()) {
                UUID id = new UUID(1, n);
                there.add(id);
                boolean named = random.nextBoolean();
                String mood = random.nextBoolean() ? "DULL" : "GLAD";
                Supplier<RowValues> row =
                        () -> RowValues.with("id", id).and("owner", owner).and("mood", mood);
                work.add(to -> to.insert(THINGS, named ? row.get().and("name", text) : row.get()));
            } else if (what < 8) {
                UUID id = there.get(random.nextInt(there.size()));
                RowValues row = what == 4
                        ? RowValues.with("owner", owner).and("mood", "DULL").and("at", NOW)
                        : what == 5
                                ? RowValues.with("texts", new String[] {text, ""})
                                : RowValues.with("said", new RowValues.Json("{\"n\":%d}".formatted(n)))
                                        .and("name", text);
                List<UUID> alive = List.copyOf(there);
                work.add(to -> {
                    if (alive.contains(id)) {
                        to.update(THINGS, id, copy(row));
                    }
                });
            } else if (what == 8) {
                UUID id = there.remove(random.nextInt(there.size()));
                work.add(to -> to.delete(THINGS, id));
            } else {
                boolean dull = random.nextBoolean();
                work.add(to -> to.updateWhere(
                        THINGS,
                        RowCondition.is("owner", owner).andIsNot("mood", "DULL"),
                        RowValues.with("name", dull ? "nobody's" : text)));
            }
        }
        work.add(to -> to.deleteWhere(THINGS, RowCondition.is("owner", owners.getLast())));

        assertGatheredIsTheSame(work, flushedAfter);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 10, 1_000})
    void deletesTheSameUpToAValue(int flushedAfter) {
        List<Consumer<ProjectionWriter>> work = new ArrayList<>();
        for (int n = 0; n < 300; n++) {
            UUID id = new UUID(1, n);
            UUID owner = new UUID(0, random.nextInt(3));
            Instant now = NOW.plusSeconds(n);
            Instant end = now.plusSeconds(random.nextInt(60));
            RowCondition ended = RowCondition.is("owner", owner).andUpTo("at", now);
            work.add(to -> to.deleteWhere(THINGS, ended));
            work.add(to -> to.insert(
                    THINGS, RowValues.with("id", id).and("owner", owner).and("at", end)));
            if (random.nextInt(10) == 0) {
                work.add(to -> to.updateWhere(THINGS, RowCondition.is("owner", owner), RowValues.with("at", end)));
            }
        }
        assertGatheredIsTheSame(work, flushedAfter);
    }

    private void assertGatheredIsTheSame(List<Consumer<ProjectionWriter>> work, int flushedAfter) {
        for (Consumer<ProjectionWriter> each : work) {
            atOnce(() -> each.accept(projectionWriter));
        }
        List<String> expected = all();
        assertThat(expected).isNotEmpty();
        empty();
        for (int from = 0; from < work.size(); from += flushedAfter) {
            List<Consumer<ProjectionWriter>> some = work.subList(from, Math.min(work.size(), from + flushedAfter));
            gathered(() -> some.forEach(each -> each.accept(projectionWriter)));
            flush();
        }
        assertThat(all()).isEqualTo(expected);
    }

    @Test
    void asksTheDatabaseWhatItIsToCompute() {
        gathered(() -> List.of("one", "three")
                .forEach(word -> projectionWriter.insert(
                        WORDS,
                        RowValues.with("id", (long) word.length())
                                .and("word", word)
                                .and(
                                        "length",
                                        new RowValues.Computed("length(%s)", List.of("text"), List.of(word), null)))));
        flush();
        assertThat(jdbc.queryForList("select length::text || word from words order by 1", String.class))
                .containsExactly("3one", "5three");
    }

    /** If no value is to be computed, the database is not queried: the expression would fail. */
    @Test
    void asksOnlyWhereThereIsSomethingToCompute() {
        gathered(() -> Stream.of("one", "three", "seven")
                .forEach(word -> projectionWriter.insert(
                        WORDS,
                        RowValues.with("id", (long) word.hashCode())
                                .and("word", word)
                                .and(
                                        "length",
                                        new RowValues.Computed(
                                                "4 / (length(%s) - 3)",
                                                List.of("text"),
                                                List.of(word),
                                                new RowValues.Only(
                                                        "length(%s) > 3",
                                                        word.equals("seven") ? null : word, "-1"))))));
        flush();
        assertThat(jdbc.queryForList("select length::text || word from words order by 1", String.class))
                .containsExactlyInAnyOrder("-1one", "-1seven", "2three");
    }

    static Stream<Supplier<RowValues>> valuesOfAllTypes() {
        UUID id = UUID.fromString("ffeeddcc-bbaa-9988-7766-554433221100");
        return Stream.of(
                () -> RowValues.with("id", id),
                () -> RowValues.with("id", id)
                        .and("is_so", null)
                        .and("day", null)
                        .and("word", null),
                () -> RowValues.with("id", id)
                        .and("is_so", false)
                        .and("many", Long.MIN_VALUE)
                        .and("few", Integer.MIN_VALUE),
                () -> RowValues.with("id", id).and("is_so", true).and("many", 7).and("few", 7L),
                () -> RowValues.with("id", id)
                        .and("at", NOW)
                        .and("said", new RowValues.Json("[1, {\"a\": \"é\\\\\"}]")),
                () -> RowValues.with("id", id)
                        .and("at", Instant.EPOCH.minusNanos(1_501))
                        .and("word", ""),
                () -> RowValues.with("id", id).and("at", Instant.parse("1969-12-31T23:59:59.9999995Z")),
                () -> RowValues.with("id", id).and("at", Instant.parse("2038-01-19T03:14:08.123456499Z")),
                () -> RowValues.with("id", id).and("at", Instant.parse("2038-01-19T03:14:08.123456500Z")),
                () -> RowValues.with("id", id).and("at", Instant.parse("1999-12-31T23:59:59.999999999Z")),
                () -> RowValues.with("id", id).and("at", Instant.parse("9999-12-31T23:59:59.999999Z")),
                () -> RowValues.with("id", id).and("words", new String[0]).and("word", "é\t\n\\N\ud83d\ude00"),
                () -> RowValues.with("id", id).and("words", new String[] {"", "NULL", "{a,b}", "\"\\", "é"}));
    }

    @ParameterizedTest
    @MethodSource
    void valuesOfAllTypes(Supplier<RowValues> row) {
        atOnce(() -> projectionWriter.insert(ALL_TYPES, row.get()));
        List<String> expected = jdbc.queryForList("select v::text from all_types v", String.class);
        empty();

        gathered(() -> projectionWriter.insert(ALL_TYPES, row.get()));
        flush();

        assertThat(jdbc.queryForList("select v::text from all_types v", String.class))
                .isEqualTo(expected);
    }

    /** Fails like a direct write of the row. */
    @Test
    void failsAtAValueOfAnotherType() {
        for (Object value : List.of("text", 1L << 40)) {
            gathered(() ->
                    projectionWriter.insert(WORDS, RowValues.with("id", 1L).and("length", value)));
            assertThatExceptionOfType(ProjectionException.class)
                    .isThrownBy(this::flush)
                    .withMessageContaining("words.length");
            bulkWriter.forget();
        }
    }

    @Test
    void failsWhereAChangeMeetsNoRow() {
        gathered(() -> projectionWriter.update(THINGS, new UUID(1, 1), RowValues.with("name", "nobody's")));
        assertThatExceptionOfType(ProjectionException.class).isThrownBy(this::flush);
    }

    @Test
    void failsAtAValueThatIsMissingThoughALaterOneCoversIt() {
        gathered(() -> projectionWriter.insert(THINGS, RowValues.with("id", new UUID(1, 1))));
        assertThatExceptionOfType(ProjectionException.class)
                .isThrownBy(() ->
                        gathered(() -> projectionWriter.update(THINGS, new UUID(1, 1), RowValues.with("name", null))));
    }

    private static RowValues copy(RowValues row) {
        RowValues copy = RowValues.with(row.columns().getFirst(), row.values().getFirst());
        for (int i = 1; i < row.columns().size(); i++) {
            copy.and(row.columns().get(i), row.values().get(i));
        }
        return copy;
    }

    private void atOnce(Runnable work) {
        transaction.executeWithoutResult(status -> {
            UnitOfWork<?> unit = DefaultUnitOfWork.startAndGet(null);
            work.run();
            unit.commit();
        });
    }

    private void gathered(Runnable work) {
        UnitOfWork<?> unit = DefaultUnitOfWork.startAndGet(null);
        try {
            bulkWriter.gather(unit);
            work.run();
        } finally {
            unit.rollback();
        }
    }

    private void flush() {
        transaction.executeWithoutResult(status -> bulkWriter.flush());
    }

    private List<String> all() {
        return jdbc.queryForList("select t::text from things t order by id", String.class);
    }
}
