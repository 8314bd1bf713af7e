package io.guildhall.api.datasource;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseWatchTest {

    @ParameterizedTest
    @ValueSource(strings = {"08001", "08006", "57P01", "57P03"})
    void takesWhatDoesNotLetItInForAway(String state) {
        assertThat(DatabaseWatch.isNoAnswer(new SQLException("", state))).isTrue();
    }

    @Test
    void takesAFailureWithoutAStateForAway() {
        assertThat(DatabaseWatch.isNoAnswer(new SQLException("broken"))).isTrue();
    }

    /** Too many connections, a wrong password, no such database: those that there are work on. */
    @ParameterizedTest
    @ValueSource(strings = {"53300", "28P01", "3D000"})
    void takesARefusalForAnAnswer(String state) {
        assertThat(DatabaseWatch.isNoAnswer(new SQLException("", state))).isFalse();
    }
}
