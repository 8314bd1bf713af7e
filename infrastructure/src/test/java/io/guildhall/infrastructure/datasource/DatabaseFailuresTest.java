package io.guildhall.infrastructure.datasource;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;

class DatabaseFailuresTest {

    @ParameterizedTest
    @CsvSource({
        "08006, true, true, false",
        "53300, true, true, false",
        "57P01, true, true, false",
        "58030, true, true, false",
        ", true, true, false",
        "40001, false, true, false",
        "40P01, false, true, false",
        "25P02, false, true, false",
        "55P03, false, true, true",
        "23505, false, false, false",
        "42P01, false, false, false",
        "54000, false, false, false"
    })
    void areToldApartBySqlState(@Nullable String state, boolean unavailable, boolean passing, boolean lockTimeout) {
        var failure = new IllegalStateException("around it", new SQLException("no", state));

        assertThat(DatabaseFailures.isUnavailable(failure)).isEqualTo(unavailable);
        assertThat(DatabaseFailures.isTransient(failure)).isEqualTo(passing);
        assertThat(DatabaseFailures.isLockTimeout(failure)).isEqualTo(lockTimeout);
    }

    @Test
    void areToldApartByType() {
        assertThat(List.of(
                        new CannotCreateTransactionException("no"),
                        new TransactionSystemException("no"),
                        new StoreUnavailableException(new IllegalStateException()),
                        new IllegalStateException(new SQLTransientConnectionException("no", "28P01"))))
                .allMatch(DatabaseFailures::isUnavailable);
        assertThat(DatabaseFailures.isTransient(new CannotAcquireLockException("no")))
                .isTrue();
        assertThat(DatabaseFailures.isUnavailable(new CannotAcquireLockException("no")))
                .isFalse();
        assertThat(DatabaseFailures.isTransient(new DataIntegrityViolationException("no")))
                .isFalse();
    }
}
