package io.guildhall.query.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guildhall.testing.TestDatabase;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

class RowsTest {

    private final JdbcTemplate jdbc = new JdbcTemplate(TestDatabase.empty().dataSource());
    private final Rows rows = new Rows(jdbc);
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
            rows.put("insert into words values (?, ?)", id, "a" + id);
        }
        rows.touch("update words set word = ? where id = ?", "b2", 2);
        rows.put("insert into words values (?, ?)", 4, null);
        assertThat(words()).isNull();

        work.commit();

        assertThat(words()).isEqualTo("a1 b2 a3");
    }

    @Test
    void writeAlsoWhatComesWhileOthersPrepareToCommit() {
        rows.put("insert into words values (?, ?)", 1, "early");
        work.onPrepareCommit(it -> rows.put("insert into words values (?, ?)", 2, "late"));

        work.commit();

        assertThat(words()).isEqualTo("early late");
    }

    @Test
    void failTheUnitOfWorkWhenARowIsMissing() {
        rows.put("insert into words values (?, ?)", 1, "a");
        rows.touch("update words set word = ? where id = ?", "b", 1);
        rows.touch("update words set word = ? where id = ?", "b", 2);

        assertThatThrownBy(work::commit).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void writeNothingOfAUnitOfWorkThatFails() {
        rows.put("insert into words values (?, ?)", 1, "a");

        work.rollback();

        assertThat(words()).isNull();
    }
}
