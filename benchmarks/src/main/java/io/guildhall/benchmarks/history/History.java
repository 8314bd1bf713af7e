package io.guildhall.benchmarks.history;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.guildhall.domain.shared.DomainEvent;
import io.guildhall.infrastructure.encryption.JdbcPersonalDataCipher;
import io.guildhall.infrastructure.encryption.KeyHierarchy;
import io.guildhall.infrastructure.eventstore.EventSerializers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.Serializer;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.PGCopyOutputStream;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Fills an empty table of events, by the serializer and under the keys of the service itself, so that it takes the events for
 * its own. The read models are not written: a rebuild makes them.
 */
public final class History {

    /**
     * What kind of history.
     *
     * @param events how many at least; the last act is whole
     * @param organizations how many are busy at the same time
     * @param longest of how many events an organization is left alone and another is founded
     */
    public record Shape(long events, int organizations, long longest) {

        /** Thousands of organizations of some hundreds of events each. */
        public static Shape wide(long events) {
            return new Shape(events, 2_000, 400);
        }

        /** One trail. Half of the events are those of its members' users. */
        public static Shape oneOrganization(long events) {
            return new Shape(events, 1, Long.MAX_VALUE);
        }
    }

    private static final String COLUMNS =
            "(event_id, stream, sequence, stream_type, event_type, event_version, payload, metadata, occurred_at, trail, trail_sequence)";
    private static final int CHUNK = 1 << 20;

    /** Keys are remembered for so many events. */
    private static final int KEYS_FOR = 100_000;

    private final Serializer serializer = EventSerializers.serializer();
    private final Connection events;
    private final Connection keys;
    private final byte[] masterKey;
    private final BlockingQueue<byte[]> chunks = new ArrayBlockingQueue<>(8);

    /** How many events each trail has. */
    private final Map<UUID, Long> trails = new HashMap<>();

    /**
     * @param events that the events are written by; committed when all is
     * @param keys another one, for the keys that they are sealed under
     * @param masterKey the service's, 32 bytes
     */
    public History(Connection events, Connection keys, byte[] masterKey) {
        this.events = events;
        this.keys = keys;
        this.masterKey = masterKey.clone();
    }

    /**
     * The same shape and seed make the same history, but for what is sealed, and for the times: it ends now.
     *
     * @param progress is told now and then how many events there are
     * @return how many there are
     */
    public long make(Shape shape, long seed, LongConsumer progress) throws Exception {
        events.setAutoCommit(false);
        keys.setAutoCommit(false);
        try (ExecutorService copying = Executors.newSingleThreadExecutor()) {
            Future<@Nullable Void> copied = copying.submit(this::copy);
            long made = write(shape, seed, copied, progress);
            copied.get();
            try (Statement statement = events.createStatement()) {
                statement.execute("insert into trails (trail, last)"
                        + " select trail, max(trail_sequence) from events where trail is not null group by trail");
            }
            keys.commit();
            events.commit();
            return made;
        } finally {
            keys.setAutoCommit(true);
            events.setAutoCommit(true);
        }
    }

    private long write(Shape shape, long seed, Future<?> copied, LongConsumer progress) throws Exception {
        var database = new SingleConnectionDataSource(keys, true);
        KeyHierarchy secrets = KeyHierarchy.of(masterKey, JdbcClient.create(database));
        var personalData = new JdbcPersonalDataCipher(new JdbcTemplate(database), secrets, secrets, erased -> {});
        Instant begin =
                Instant.now().truncatedTo(ChronoUnit.SECONDS).minus(Chronicle.PACE.multipliedBy(shape.events()));
        var world = new World(new Chronicle(seed, begin, personalData), shape.organizations(), shape.longest());
        var buffer = new ByteArrayOutputStream(CHUNK + CHUNK / 4);
        long made = 0;
        while (made < shape.events()) {
            long until = Math.min(shape.events(), made + KEYS_FOR);
            UnitOfWork<?> remembering = DefaultUnitOfWork.startAndGet(null);
            try {
                while (made < until) {
                    for (Fact fact : world.next()) {
                        row(fact, buffer);
                        made++;
                    }
                    if (buffer.size() >= CHUNK) {
                        send(buffer, copied);
                    }
                }
            } finally {
                remembering.rollback();
            }
            progress.accept(made);
        }
        send(buffer, copied);
        chunks.put(new byte[0]);
        return made;
    }

    private void send(ByteArrayOutputStream buffer, Future<?> copied) throws InterruptedException, ExecutionException {
        byte[] chunk = buffer.toByteArray();
        buffer.reset();
        while (chunk.length > 0 && !chunks.offer(chunk, 1, TimeUnit.SECONDS)) {
            if (copied.isDone()) {
                copied.get();
            }
        }
    }

    private @Nullable Void copy() throws SQLException, IOException, InterruptedException {
        try (OutputStream copy = new PGCopyOutputStream(
                events.unwrap(PGConnection.class), "copy events " + COLUMNS + " from stdin", CHUNK)) {
            for (byte[] chunk = chunks.take(); chunk.length > 0; chunk = chunks.take()) {
                copy.write(chunk);
            }
        }
        return null;
    }

    private void row(Fact fact, ByteArrayOutputStream buffer) {
        DomainEventMessage<?> message = new GenericDomainEventMessage<>(
                fact.streamType(),
                fact.stream(),
                fact.sequence(),
                fact.event(),
                fact.act().toMetaData(),
                fact.id().toString(),
                fact.at());
        SerializedObject<String> payload = message.serializePayload(serializer, String.class);
        SerializedObject<String> metadata = message.serializeMetaData(serializer, String.class);
        String revision = payload.getType().getRevision();
        UUID trail = DomainEvent.trailOf(message);
        String row = String.join(
                "\t",
                fact.id().toString(),
                fact.stream(),
                Long.toString(fact.sequence()),
                fact.streamType(),
                payload.getType().getName(),
                revision == null ? "\\N" : revision,
                escaped(payload.getData()),
                escaped(metadata.getData()),
                fact.at().toString(),
                trail == null ? "\\N" : trail.toString(),
                trail == null ? "\\N" : Long.toString(trails.merge(trail, 1L, Long::sum)));
        buffer.writeBytes(row.getBytes(UTF_8));
        buffer.write('\n');
    }

    /** JSON has no control characters. */
    private static String escaped(String json) {
        return json.indexOf('\\') < 0 ? json : json.replace("\\", "\\\\");
    }

    /** As autovacuum would leave it in time: read without looking at what is visible. */
    public static void settle(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("vacuum (analyze, freeze) events");
            statement.execute("vacuum (analyze) personal_keys");
        }
    }
}
