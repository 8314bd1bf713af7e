package io.guildhall.api.axonserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.guildhall.testing.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class SegmentsTest {

    private final JdbcTemplate jdbc = new JdbcTemplate(TestDatabase.migrated().dataSource());
    private final Segments segments = new Segments(jdbc);

    @BeforeEach
    void begin() {
        segments.begin(5, 3);
    }

    @Test
    void areNotBegunTwice() {
        segments.begin(9, 9);

        assertThat(segments.knownFrom()).isEqualTo(3);
        assertThat(all().lowest()).isEqualTo(5);
        assertThat(all().highest()).isEqualTo(5);
    }

    @Test
    void moveByThemselves() {
        segments.move(segments.share(List.of(1, 7)), 8);

        assertThat(all().lowest()).isEqualTo(5);
        assertThat(all().behind(8).size()).isEqualTo(Segments.COUNT - 2);
        assertThat(segments.share(List.of(1, 7)).lowest()).isEqualTo(8);
    }

    @Test
    void moveOnlyFromWhereTheyAreExpected() {
        Share outdated = segments.share(List.of(1, 7));
        segments.move(segments.share(List.of(7)), 6);

        var transaction = new TransactionTemplate(new DataSourceTransactionManager(jdbc.getDataSource()));
        assertThatExceptionOfType(Segments.Overtaken.class)
                .isThrownBy(() -> transaction.executeWithoutResult(status -> segments.move(outdated, 8)));
        assertThat(segments.share(List.of(1)).lowest()).isEqualTo(5);
    }

    /** As one that took somebody for dead and the one who was not. */
    @Test
    void letThroughOneOfTwoWhoMoveThemAtOnce() {
        Share share = segments.share(List.of(0, 1, 2, 3));
        var transaction = new TransactionTemplate(new DataSourceTransactionManager(jdbc.getDataSource()));

        CompletableFuture<Boolean> other = transaction.execute(status -> {
            segments.move(share, 8);
            return CompletableFuture.supplyAsync(() -> moves(share, 9));
        });

        assertThat(other).succeedsWithin(Duration.ofSeconds(5)).isEqualTo(false);
        assertThat(share(0, 1, 2, 3).highest()).isEqualTo(8);
    }

    @Test
    void areForgottenTogether() {
        segments.end();

        assertThat(segments.all()).isEqualTo(Share.NOTHING);
        segments.begin(0, 0);
        assertThat(all().size()).isEqualTo(Segments.COUNT);
    }

    /** What is stored by one version is found by the next. */
    @Test
    void haveTheSameStreamsForEver() {
        assertThat(Segments.of("8d9bdb80-eb42-482e-9771-7be3c7283a87")).isEqualTo(3);
        assertThat(Segments.of("")).isZero();
    }

    private boolean moves(Share share, long position) {
        try {
            segments.move(share, position);
            return true;
        } catch (Segments.Overtaken overtaken) {
            return false;
        }
    }

    private Share share(Integer... which) {
        return segments.share(List.of(which));
    }

    private Share all() {
        return segments.all();
    }
}
