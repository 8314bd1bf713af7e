package io.guildhall.testing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class TestDatabaseTest {

    @Test
    void sharesNothingWithAnother() {
        JdbcClient one = JdbcClient.create(TestDatabase.empty().dataSource());
        JdbcClient other = JdbcClient.create(TestDatabase.empty().dataSource());

        one.sql("create table only_here (id int)").update();

        assertThat(other.sql("select to_regclass('only_here')::text")
                        .query(String.class)
                        .optional())
                .isEmpty();
    }

    @Test
    void hasTheTablesOfTheMigrations() {
        JdbcClient migrated = JdbcClient.create(TestDatabase.migrated().dataSource());

        assertThat(migrated.sql("select to_regclass('flyway_schema_history')::text")
                        .query(String.class)
                        .single())
                .isEqualTo("flyway_schema_history");
    }
}
