package io.guildhall.infrastructure.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guildhall.testing.TestDatabase;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class ProjectionWriterTest {

    private final JdbcTemplate jdbc = new JdbcTemplate(TestDatabase.empty().dataSource());
    private final ProjectionWriter projectionWriter = new ProjectionWriter(jdbc);
    private final UnitOfWork<?> work = DefaultUnitOfWork.startAndGet(GenericEventMessage.asEventMessage("fact"));

    @BeforeEach
    void aTable() {
        jdbc.execute("create table words (id int primary key, word text)");
    }

    private String words() {
        return jdbc.queryForObject("select string_agg(word, ' ' order by id) from words", String.class);
    }

    @Test
    void writeInTheOrderOfComingAtTheEndOfTheUnitOfWork() {
        for (int id = 1; id <= 3; id++) {
            projectionWriter.put("insert into words values (?, ?)", id, "a" + id);
        }
        projectionWriter.touch("update words set word = ? where id = ?", "b2", 2);
        projectionWriter.put("insert into words values (?, ?)", 4, null);
        assertThat(words()).isNull();

        work.commit();

        assertThat(words()).isEqualTo("a1 b2 a3");
    }

    @Test
    void writeAlsoWhatComesWhileOthersPrepareToCommit() {
        projectionWriter.put("insert into words values (?, ?)", 1, "early");
        work.onPrepareCommit(it -> projectionWriter.put("insert into words values (?, ?)", 2, "late"));

        work.commit();

        assertThat(words()).isEqualTo("early late");
    }

    @Test
    void failTheUnitOfWorkWhenARowIsMissing() {
        projectionWriter.put("insert into words values (?, ?)", 1, "a");
        projectionWriter.touch("update words set word = ? where id = ?", "b", 1);
        projectionWriter.touch("update words set word = ? where id = ?", "b", 2);

        assertThatThrownBy(work::commit).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void writeNothingOfAUnitOfWorkThatFails() {
        projectionWriter.put("insert into words values (?, ?)", 1, "a");

        work.rollback();

        assertThat(words()).isNull();
    }

    @Test
    void gatheredRowsTakeTheSameNumberOfStatementsHoweverManyThereAre() {
        jdbc.execute("create table things (id uuid primary key, word text)");
        jdbc.execute("create table statements (table_name text)");
        jdbc.execute("""
                create function count_statement() returns trigger language plpgsql as
                $$begin insert into statements values (tg_table_name); return null; end$$
                """);
        jdbc.execute("""
                create trigger count_statements after insert or update or delete on things
                for each statement execute function count_statement()
                """);
        TableDefinition things = TableDefinition.changed("things", "id");
        List<UUID> ids = Stream.generate(UUID::randomUUID).limit(20_000).toList();
        jdbc.update("insert into things select id, 'old' from unnest(?::uuid[]) t (id)", (Object)
                ids.stream().map(UUID::toString).toArray(String[]::new));
        jdbc.execute("truncate statements");

        new TransactionTemplate(new DataSourceTransactionManager(jdbc.getDataSource())).executeWithoutResult(status -> {
            projectionWriter.gather();
            ids.forEach(id -> projectionWriter.update(things, id, RowValues.with("word", "new")));
            ids.forEach(id -> projectionWriter.insert(
                    things, RowValues.with("id", UUID.randomUUID()).and("word", "more")));
            work.commit();
        });

        assertThat(jdbc.queryForList("select word, count(*) many from things group by word order by word"))
                .containsExactly(Map.of("word", "more", "many", 20_000L), Map.of("word", "new", "many", 20_000L));
        assertThat(jdbc.queryForObject("select count(*) from statements", Integer.class))
                .isEqualTo(2);
    }

    @Test
    void gatheredRowsComeAfterTheFirstStatementAndBeforeTheOthers() {
        jdbc.execute("create table things (id uuid primary key, word text)");
        TableDefinition things = TableDefinition.changed("things", "id");
        projectionWriter.put("insert into words select 2, string_agg(word, ' ') from things");
        projectionWriter.putFirst(
                "insert into words select 1, count(*)::text from things returning word",
                new Object[0],
                new ProjectionWriter.First() {
                    @Override
                    public void returned(ResultSet returned) {}

                    @Override
                    public @Nullable RuntimeException meaning(SQLException failure) {
                        return null;
                    }
                });
        new TransactionTemplate(new DataSourceTransactionManager(jdbc.getDataSource())).executeWithoutResult(status -> {
            projectionWriter.gather();
            projectionWriter.insert(
                    things, RowValues.with("id", UUID.randomUUID()).and("word", "gathered"));
            work.commit();
        });

        assertThat(words()).isEqualTo("0 gathered");
    }
}
