package io.guildhall.infrastructure.eventstore;

import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.domain.organization.Organization;
import io.guildhall.domain.organization.OrganizationEvent.OrganizationCreated;
import io.guildhall.domain.organization.OrganizationEvent.OrganizationRenamed;
import io.guildhall.infrastructure.auditlog.TrailEvent;
import io.guildhall.infrastructure.projection.ProjectionWriter;
import io.guildhall.testing.TestDatabase;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.serialization.UnknownSerializedType;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

/** A node of this version runs on a database that a later version has migrated and written to. */
class NeighbouringVersionsTest {

    private static final String[] MIGRATIONS = {"classpath:db/migration/write", "classpath:db/migration/query"};

    private final UUID organization = UUID.randomUUID();
    private final DataSource database = TestDatabase.migrated().dataSource();
    private final JdbcTemplate jdbc = new JdbcTemplate(database);
    private final TransactionManager transactions =
            new SpringTransactionManager(new DataSourceTransactionManager(database));
    private final EmbeddedEventStore store = EmbeddedEventStore.builder()
            .storageEngine(PostgresEventStorageEngine.over(
                    database,
                    transactions,
                    EventSerializers.serializer(),
                    EventUpcasters.chain(),
                    new ProjectionWriter(jdbc)))
            .build();
    private final CachingAggregateRepository<Organization> organizations =
            new CachingAggregateRepository<>(Organization.class, store, 1);

    @BeforeEach
    void laterVersion() throws Exception {
        publish(0, new OrganizationCreated(organization, "acme", "starter", UUID.randomUUID()));
        Flyway.configure()
                .dataSource(database)
                .locations(MIGRATIONS[0], MIGRATIONS[1], "classpath:db/later")
                .load()
                .migrate();
        jdbc.update("update trails set last = 2 where trail = ?", organization);
        jdbc.update("""
                insert into events (event_id, stream, sequence, stream_type, event_type, event_version, payload, metadata,
                    occurred_at, trail, trail_sequence)
                values (gen_random_uuid(), ?, 1, 'Organization', 'member.suspended', '1', '{"until":"2099-01-01"}', '{}', now(), ?, 2)
                """, organization.toString(), organization);
    }

    @AfterEach
    void close() {
        store.shutDown();
    }

    @Test
    void startsOnTablesThatHaveMore() {
        Flyway thisVersion =
                Flyway.configure().dataSource(database).locations(MIGRATIONS).load();

        assertThat(thisVersion.validateWithResult().validationSuccessful).isTrue();
        assertThat(thisVersion.migrate().migrationsExecuted).isZero();
    }

    @Test
    void decidesAndAppendsBehindAnEventThatItDoesNotKnow() throws Exception {
        in(() -> organizations.load(organization.toString()));

        publish(2, new OrganizationRenamed(organization, "acme", "acme-2"));

        assertThat(jdbc.queryForList(
                        "select trail_sequence from events where stream = ? order by sequence",
                        Long.class,
                        organization.toString()))
                .containsExactly(1L, 2L, 3L);
    }

    @Test
    void keepsTheUnknownEventInTheTrailAsItIsStored() {
        assertThat(new PostgresTrailReader(jdbc).read(organization, 1, 10))
                .extracting(TrailEvent::type)
                .containsExactly("organization.created", "member.suspended");
        assertThat(new PostgresEventReader(jdbc, database, EventSerializers.serializer(), EventUpcasters.chain())
                        .read(0, Long.MAX_VALUE, 10)
                        .getLast()
                        .event()
                        .getPayload())
                .isInstanceOf(UnknownSerializedType.class);
    }

    private void publish(long sequence, Object event) throws Exception {
        in(() -> {
            store.publish(
                    List.of(new GenericDomainEventMessage<>("Organization", organization.toString(), sequence, event)));
            return null;
        });
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
