package io.guildhall.infrastructure.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import io.guildhall.infrastructure.projection.ProjectionWriter;
import io.guildhall.testing.TestDatabase;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.serialization.upcasting.event.EventUpcasterChain;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** Former versions of events are upcast wherever they are read. Proofs use the stored form. */
class EventUpcastersTest {

    private final UUID organization = UUID.randomUUID();
    private final DataSource database = TestDatabase.migrated().dataSource();
    private final JdbcTemplate jdbc = new JdbcTemplate(database);
    private final EventUpcasterChain upcasters = FormerMemberInvited.upcasters();

    @Test
    void translateForAggregates() {
        appendFormerVersion();
        PostgresEventStorageEngine events = PostgresEventStorageEngine.over(
                database,
                new SpringTransactionManager(new JdbcTransactionManager(database)),
                EventSerializers.serializer(),
                upcasters,
                mock(ProjectionWriter.class));

        List<? extends DomainEventMessage<?>> read =
                events.readEvents(organization.toString()).asStream().toList();

        assertThat(read).singleElement().satisfies(this::isCurrent);
    }

    @Test
    void translateForRebuilds() {
        appendFormerVersion();
        var history = new PostgresEventReader(jdbc, database, EventSerializers.serializer(), upcasters);

        assertThat(history.read(0, Long.MAX_VALUE, 10)).singleElement().satisfies(stored -> isCurrent(stored.event()));
    }

    @Test
    void leaveTheStoredFormToProofs() {
        appendFormerVersion();

        assertThat(new PostgresTrailReader(jdbc).read(organization, 1, 10))
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.type()).isEqualTo("member.invited");
                    assertThat(event.revision()).isEqualTo("0");
                    assertThat(event.payload()).doesNotContain("role");
                });
    }

    private void isCurrent(DomainEventMessage<?> message) {
        FormerMemberInvited.assertUpcast(message, organization);
    }

    private void appendFormerVersion() {
        jdbc.update("""
                insert into events (event_id, stream, sequence, stream_type, event_type, event_version, payload, metadata,
                    occurred_at, trail, trail_sequence)
                values (gen_random_uuid(), ?, 0, 'Organization', 'member.invited', '0', ?, '{}', now(), ?, 1)
                """, organization.toString(), FormerMemberInvited.payload(organization), organization);
    }
}
