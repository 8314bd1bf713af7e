package io.guildhall.infrastructure.axonserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.guildhall.domain.organization.NameClaimEvent.NameClaimed;
import io.guildhall.domain.organization.OrganizationEvent.OrganizationUnlocked;
import io.guildhall.domain.shared.DomainEvent;
import io.guildhall.infrastructure.projection.TrailSequence;
import io.guildhall.testing.TestDatabase;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class TrailNumberingTest {

    private final DataSource database = TestDatabase.migrated().dataSource();
    private final JdbcTemplate jdbc = new JdbcTemplate(database);
    private final TransactionTemplate transaction = new TransactionTemplate(new DataSourceTransactionManager(database));
    private final TrailNumbering numbering = new TrailNumbering(jdbc);
    private final UUID acme = UUID.randomUUID();
    private final UUID beta = UUID.randomUUID();

    @Test
    void numbersEachTrailFromOneWhateverStreamsItsEventsComeFrom() {
        assertThat(assigned(
                        event(acme, "one", 0), event(beta, "two", 0), event(acme, "three", 0), event(acme, "one", 1)))
                .containsExactly(1L, 1L, 2L, 3L);
        assertThat(assigned(event(beta, "two", 1), event(acme, "three", 1))).containsExactly(2L, 4L);
    }

    @Test
    void findsTheNumbersAgainThatItHasAssigned() {
        DomainEventMessage<?> first = event(acme, "one", 0);
        DomainEventMessage<?> second = event(acme, "one", 1);
        assigned(first, second);

        assertThat(assigned(second, event(acme, "one", 2), first)).containsExactly(2L, 3L, 1L);
        assertThat(numbers(numbering.recall(List.of(first, second)))).containsExactly(1L, 2L);
    }

    @Test
    void assignsNoneWhereTheProjectionIsRolledBack() {
        transaction.executeWithoutResult(status -> {
            numbering.assign(List.of(event(acme, "one", 0)));
            status.setRollbackOnly();
        });

        assertThat(assigned(event(acme, "one", 0))).containsExactly(1L);
    }

    @Test
    void assignsNoneToClaims() {
        DomainEventMessage<?> claim =
                new GenericDomainEventMessage<>("NameClaim", "name:acme", 0, new NameClaimed("acme", acme));

        assertThat(assigned(claim, event(acme, "one", 0))).containsExactly(null, 1L);
        assertThat(jdbc.queryForObject("select count(*) from trail_events", Long.class))
                .isEqualTo(1);
    }

    /** A node that does not know the event type assigns the same number. */
    @Test
    void numbersAnEventOfAnUnknownTypeThatNamesItsTrailInItsMetadata() {
        DomainEventMessage<?> unknown = new GenericDomainEventMessage<>(
                "Resource", "one", 0, "of a newer version", Map.of(DomainEvent.TRAIL, acme.toString()));

        assertThat(assigned(unknown, event(acme, "two", 0))).containsExactly(1L, 2L);
    }

    @Test
    void recallsNothingThatWasNeverProjected() {
        assertThatIllegalStateException()
                .isThrownBy(() -> numbering.recall(List.of(event(acme, "one", 0))))
                .withMessageContaining("has no number");
    }

    private List<Long> assigned(DomainEventMessage<?>... events) {
        return numbers(transaction.execute(status -> numbering.assign(Arrays.asList(events))));
    }

    private static List<Long> numbers(List<DomainEventMessage<?>> events) {
        List<Long> numbers = new ArrayList<>();
        events.forEach(event -> numbers.add(TrailSequence.known(event)));
        return numbers;
    }

    private static DomainEventMessage<?> event(UUID organization, String stream, long sequence) {
        return new GenericDomainEventMessage<>("Resource", stream, sequence, new OrganizationUnlocked(organization));
    }
}
