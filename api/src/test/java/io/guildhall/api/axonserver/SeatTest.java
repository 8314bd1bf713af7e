package io.guildhall.api.axonserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.guildhall.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How several processes come to have some of the segments each. */
class SeatTest {

    private final DataSource database = TestDatabase.empty().dataSource();
    private final List<Connection> connections = new ArrayList<>();
    private Seat first;
    private Seat second;
    private Seat third;

    @BeforeEach
    void sit() throws SQLException {
        first = seat();
        second = seat();
        third = seat();
    }

    @AfterEach
    void close() throws SQLException {
        for (Connection connection : connections) {
            connection.close();
        }
    }

    @Test
    void haveAsManyAsAnyOther() throws SQLException {
        settle(first, second, third);

        assertThat(Stream.of(first, second, third))
                .allSatisfy(it -> assertThat(it.held()).hasSize(4));
        assertThatAllAreHeldOnceBy(first, second, third);
    }

    @Test
    void areTakenFromWhoWasAloneBefore() throws SQLException {
        third.close();
        second.close();
        settle(first);
        assertThat(first.held()).hasSize(Segments.COUNT);

        Seat another = seat();
        settle(first, another);

        assertThatAllAreHeldOnceBy(first, another);
        assertThat(another.held()).hasSize(6);
    }

    @Test
    void passToTheOthersWhenAConnectionEnds() throws SQLException {
        settle(first, second, third);
        List<Integer> before = first.held();

        connections.get(1).close();
        settle(first, third);

        assertThatAllAreHeldOnceBy(first, third);
        assertThat(first.held()).containsAll(before);
    }

    @Test
    void areDividedAsEvenlyAsTheyCanBe() throws SQLException {
        Seat fourth = seat();
        Seat fifth = seat();
        settle(first, second, third, fourth, fifth);

        assertThat(Stream.of(first, second, third, fourth, fifth)
                        .map(it -> it.held().size()))
                .containsExactlyInAnyOrder(3, 3, 2, 2, 2);
    }

    /** As by one that was stopped, and not killed. */
    @Test
    void areTakenFromWhoHangs() throws SQLException {
        settle(first, second, third);

        first.takeFrom(second.held().subList(0, 1));
        settle(first, third);

        assertThatAllAreHeldOnceBy(first, third);
        assertThatExceptionOfType(SQLException.class).isThrownBy(() -> second.settle());
    }

    @Test
    void sayWhetherTheyAreOthersThanBefore() throws SQLException {
        settle(first, second, third);
        assertThat(first.settle()).isFalse();

        third.close();
        assertThat(first.settle()).isTrue();
        assertThat(first.settle()).isFalse();
    }

    private Seat seat() throws SQLException {
        Connection connection = database.getConnection();
        connections.add(connection);
        return Seat.take(connection);
    }

    /** Each twice: what one gives back another finds at its next look. */
    private static void settle(Seat... seats) throws SQLException {
        for (int look = 0; look < 2; look++) {
            for (Seat seat : seats) {
                seat.settle();
            }
        }
    }

    private static void assertThatAllAreHeldOnceBy(Seat... seats) {
        assertThat(Stream.of(seats).flatMap(seat -> seat.held().stream()))
                .doesNotHaveDuplicates()
                .hasSize(Segments.COUNT);
    }
}
