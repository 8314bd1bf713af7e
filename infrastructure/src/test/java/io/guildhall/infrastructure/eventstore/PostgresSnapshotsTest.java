package io.guildhall.infrastructure.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.guildhall.domain.organization.Organization;
import io.guildhall.domain.organization.OrganizationEvent.OrganizationCreated;
import io.guildhall.domain.organization.OrganizationEvent.OrganizationRenamed;
import io.guildhall.domain.user.User;
import io.guildhall.infrastructure.projection.ProjectionWriter;
import io.guildhall.testing.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

/** Snapshots in the table {@code snapshots}, and what is read of a stream that has one. */
class PostgresSnapshotsTest {

    private static final int EVERY = 10;

    private final UUID organization = UUID.randomUUID();
    private final DataSource dataSource = TestDatabase.migrated().dataSource();
    private final JdbcTemplate jdbc = new JdbcTemplate(dataSource);
    private final TransactionManager transactions =
            new SpringTransactionManager(new DataSourceTransactionManager(dataSource));
    private final PostgresEventStorageEngine engine = PostgresEventStorageEngine.over(
            dataSource,
            transactions,
            EventSerializers.serializer(),
            EventUpcasters.chain(),
            new ProjectionWriter(jdbc));
    private final EmbeddedEventStore store =
            EmbeddedEventStore.builder().storageEngine(engine).build();
    private final RecordSnapshotter snapshotter =
            RecordSnapshotter.of(store, transactions, User.class, Organization.class);
    private final CachingAggregateRepository<Organization> organizations =
            new CachingAggregateRepository<>(Organization.class, store, new SnapshotSchedule(snapshotter, EVERY), 1);

    @AfterEach
    void close() throws InterruptedException {
        snapshotter.close();
        store.shutDown();
    }

    @Test
    void aStreamThatIsReadWithoutASnapshotGetsOne() throws Exception {
        append(0, 3 * EVERY);

        load();

        await().until(() -> snapshotSequence() == 3 * EVERY - 1);
        assertThat(sequencesRead()).containsExactly(3L * EVERY - 1);
    }

    @Test
    void onlyTheEventsAfterASnapshotAreRead() throws Exception {
        append(0, EVERY);
        load();
        await().until(() -> snapshotSequence() == EVERY - 1);
        append(EVERY, 3);

        assertThat(sequencesRead()).containsExactly(EVERY - 1L, (long) EVERY, EVERY + 1L, EVERY + 2L);
    }

    @Test
    void aStreamThatHasASnapshotOfAllItsEventsGetsNoOther() throws Exception {
        append(0, EVERY);
        load();
        await().until(() -> snapshotSequence() == EVERY - 1);
        UUID first = jdbc.queryForObject("select snapshot_id from snapshots", UUID.class);

        load();

        snapshotter.close();
        assertThat(jdbc.queryForObject("select snapshot_id from snapshots", UUID.class))
                .isEqualTo(first);
    }

    @Test
    void aSnapshotOfAnotherRevisionIsIgnored() throws Exception {
        append(0, EVERY);
        load();
        await().until(() -> snapshotSequence() == EVERY - 1);
        jdbc.update("update snapshots set revision = 'another'");

        assertThat(sequencesRead()).hasSize(EVERY);
    }

    @Test
    void aSnapshotThatCannotBeReadIsIgnored() throws Exception {
        append(0, EVERY);
        load();
        await().until(() -> snapshotSequence() == EVERY - 1);
        jdbc.update("update snapshots set payload = '{'");

        assertThat(sequencesRead()).hasSize(EVERY);
    }

    @Test
    void anOlderSnapshotDoesNotTakeThePlaceOfANewerOne() throws Exception {
        append(0, EVERY);
        load();
        await().until(() -> snapshotSequence() == EVERY - 1);
        DomainEventMessage<?> newest = store.readEvents(organization.toString()).next();

        engine.storeSnapshot(new GenericDomainEventMessage<>(
                newest.getType(), newest.getAggregateIdentifier(), 3, newest.getPayload()));

        assertThat(snapshotSequence()).isEqualTo(EVERY - 1);
    }

    private long snapshotSequence() {
        return jdbc.query("select sequence from snapshots", (row, n) -> row.getLong(1)).stream()
                .findFirst()
                .orElse(-1L);
    }

    /** The first number is that of the snapshot, if there is one. */
    private List<Long> sequencesRead() {
        return store.readEvents(organization.toString())
                .asStream()
                .map(DomainEventMessage::getSequenceNumber)
                .toList();
    }

    private void append(int from, int many) throws Exception {
        in(() -> {
            List<DomainEventMessage<?>> facts = new ArrayList<>();
            for (int sequence = from; sequence < from + many; sequence++) {
                Object fact = sequence == 0
                        ? new OrganizationCreated(organization, "name-0", "starter", UUID.randomUUID())
                        : new OrganizationRenamed(organization, "name-" + (sequence - 1), "name-" + sequence);
                facts.add(new GenericDomainEventMessage<>("Organization", organization.toString(), sequence, fact));
            }
            store.publish(facts);
            return null;
        });
    }

    private void load() throws Exception {
        in(() -> organizations.load(organization.toString()));
    }

    private void in(Callable<?> work) throws Exception {
        var unit = DefaultUnitOfWork.startAndGet(null);
        unit.attachTransaction(transactions);
        try {
            work.call();
            unit.commit();
        } catch (Exception failure) {
            unit.rollback(failure);
            throw failure;
        }
    }
}
