package io.guildhall.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.guildhall.domain.shared.ActorContext;
import io.guildhall.domain.shared.DomainEvent;
import io.guildhall.domain.shared.PersonalDataCipher;
import io.guildhall.infrastructure.projection.ProjectionException;
import io.guildhall.infrastructure.projection.TrailSequence;
import io.guildhall.infrastructure.projection.deadletter.DeadLetterMode;
import io.guildhall.infrastructure.projection.deadletter.DeadLetterRepository;
import io.guildhall.infrastructure.projection.deadletter.DeadLetteringInterceptor;
import io.guildhall.infrastructure.projection.rebuild.ForegroundLoad;
import io.guildhall.infrastructure.projection.rebuild.GlobalEventReader;
import io.guildhall.query.activity.Retention;
import io.guildhall.query.session.SessionIdleLimit;
import io.guildhall.query.user.PublicUrl;
import io.guildhall.testing.TestDatabase;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.LongConsumer;
import javax.sql.DataSource;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.AnnotationEventHandlerAdapter;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.GenericTrackedDomainEventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.messaging.annotation.ClasspathHandlerDefinition;
import org.axonframework.messaging.annotation.ClasspathHandlerEnhancerDefinition;
import org.axonframework.messaging.annotation.ClasspathParameterResolverFactory;
import org.axonframework.messaging.annotation.MultiHandlerDefinition;
import org.axonframework.messaging.annotation.MultiHandlerEnhancerDefinition;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.queryhandling.DefaultQueryGateway;
import org.axonframework.queryhandling.QueryGateway;
import org.axonframework.queryhandling.QueryHandler;
import org.axonframework.queryhandling.SimpleQueryBus;
import org.axonframework.queryhandling.annotation.AnnotationQueryHandlerAdapter;
import org.axonframework.serialization.SimpleSerializedObject;
import org.axonframework.serialization.UnknownSerializedType;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * All projections and queries on a separate database. The events of one call are projected in one unit of work and
 * transaction, one second after those of the previous call.
 */
public final class ReadModels implements BeforeEachCallback, AfterEachCallback {

    public static final String URL = "https://guildhall.example";

    private static final List<String> TABLES = List.of(
            "users",
            "activities",
            "invitation_states",
            "invitations",
            "links",
            "members",
            "organizations",
            "sessions",
            "token_states",
            "tokens",
            "webhooks");

    /** How long a sign-in may be idle. */
    public static final Duration IDLE = Duration.ofHours(2);

    /** Retention of a plan that only some tests use. */
    public static final Map<String, Duration> RETENTION = Map.of("short-lived", Duration.ofMinutes(30));

    private final KeysInMemory personalData = new KeysInMemory();
    private volatile boolean serving;
    private final List<DomainEventMessage<?>> history = new ArrayList<>();
    private final Map<UUID, Long> lastSequences = new HashMap<>();
    private final List<AnnotationEventHandlerAdapter> projections = new ArrayList<>();
    private final List<String> groups;

    private HikariDataSource dataSource;
    private AnnotationConfigApplicationContext context;
    private TransactionTemplate transaction;
    private QueryGateway queries;
    private LongConsumer whenReadBehind = position -> {};
    private Instant now = Instant.now().minus(1, ChronoUnit.HOURS).truncatedTo(ChronoUnit.MICROS);

    /** @param groups the processing groups to use; all if empty */
    public ReadModels(String... groups) {
        this.groups = List.of(groups);
    }

    @Override
    public void beforeEach(ExtensionContext test) {
        TestDatabase database = TestDatabase.migrated();
        dataSource = new HikariDataSource();
        dataSource.setJdbcUrl(database.url());
        dataSource.setUsername(database.username());
        dataSource.setPassword(database.password());
        dataSource.setMaximumPoolSize(8);
        transaction = new TransactionTemplate(new DataSourceTransactionManager(dataSource));
        context = new AnnotationConfigApplicationContext();
        context.registerBean(DataSource.class, () -> dataSource);
        context.registerBean(JdbcTemplate.class, () -> new JdbcTemplate(dataSource));
        context.registerBean(JdbcClient.class, () -> JdbcClient.create(dataSource));
        context.registerBean(PersonalDataCipher.class, () -> personalData);
        context.registerBean(PublicUrl.class, () -> new PublicUrl(URI.create(URL + "/")));
        context.registerBean(ForegroundLoad.class, () -> () -> serving);
        context.registerBean(SessionIdleLimit.class, () -> new SessionIdleLimit(IDLE));
        context.registerBean(Retention.class, () -> new Retention(RETENTION));
        context.registerBean(TransactionTemplate.class, () -> transaction);
        context.registerBean(
                GlobalEventReader.class, () -> new InMemoryHistory(history, after -> whenReadBehind.accept(after)));
        context.registerBean(TrailInMemory.class);
        context.register(QueryConfiguration.class);
        context.refresh();
        subscribe();
    }

    /** Reports foreground load from now on, which throttles rebuilds. */
    public void serve() {
        serving = true;
    }

    @Override
    public void afterEach(ExtensionContext test) {
        context.close();
        dataSource.close();
    }

    private void subscribe() {
        context.getBeansWithAnnotation(ProcessingGroup.class).values().stream()
                .filter(bean -> groups.isEmpty()
                        || groups.contains(bean.getClass()
                                .getAnnotation(ProcessingGroup.class)
                                .value()))
                .forEach(bean -> {
                    Class<?> type = bean.getClass();
                    projections.add(new AnnotationEventHandlerAdapter(
                            bean,
                            ClasspathParameterResolverFactory.forClass(type),
                            MultiHandlerDefinition.ordered(
                                    List.of(ClasspathHandlerDefinition.forClass(type)),
                                    MultiHandlerEnhancerDefinition.ordered(
                                            ClasspathHandlerEnhancerDefinition.forClass(type),
                                            bean(DeadLetteringInterceptor.class)))));
                });
        SimpleQueryBus bus = SimpleQueryBus.builder().build();
        context.getBeansOfType(Object.class).values().stream()
                .filter(bean -> Arrays.stream(bean.getClass().getDeclaredMethods())
                        .anyMatch(method -> method.isAnnotationPresent(QueryHandler.class)))
                .forEach(bean -> new AnnotationQueryHandlerAdapter<>(bean).subscribe(bus));
        queries = DefaultQueryGateway.builder().queryBus(bus).build();
    }

    public PersonalDataCipher personalData() {
        return personalData;
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    public JdbcClient sql() {
        return context.getBean(JdbcClient.class);
    }

    /** Returns the answer, or null. */
    public <T> T ask(Object query, Class<T> answer) {
        return queries.query(query, answer).join();
    }

    /** The time of the next events. */
    public Instant now() {
        return now;
    }

    /** Advances the time of the next events. */
    public void later(Duration by) {
        now = now.plus(by);
    }

    /** Publishes the events of one command. */
    public void happened(ActorContext actor, Object... events) {
        handle(stored(actor, events));
    }

    /** Same as {@link #happened}; events that cannot be projected become dead letters. */
    public void happenedLeniently(ActorContext actor, Object... events) {
        List<DomainEventMessage<?>> messages = stored(actor, events);
        boolean mayHaveToWait = messages.stream()
                .anyMatch(message -> bean(DeadLetterRepository.class).list(null, 1_000, 0).stream()
                        .anyMatch(letter -> letter.trail().equals(message.getAggregateIdentifier())));
        feed(messages, mayHaveToWait);
    }

    private List<DomainEventMessage<?>> stored(ActorContext actor, Object... events) {
        List<DomainEventMessage<?>> messages = new ArrayList<>();
        for (Object event : events) {
            messages.add(message(actor, event));
        }
        now = now.plusSeconds(1);
        history.addAll(messages);
        return messages;
    }

    /** Stores an event without projecting it. */
    public void storedOnly(ActorContext actor, Object event) {
        history.add(message(actor, event));
    }

    /** Stores an event of a type that only a later version knows. */
    public void storedUnknown(UUID trail, String type) {
        long sequence = lastSequences.merge(trail, 1L, Long::sum);
        var serializer = Jackson3Serializer.builder().build();
        Object unknown =
                new UnknownSerializedType(serializer, new SimpleSerializedObject<>("{}", String.class, type, "1"));
        history.add(TrailSequence.assigned(
                new GenericDomainEventMessage<>("Stream", trail.toString(), sequence - 1, unknown), sequence));
    }

    private DomainEventMessage<?> message(ActorContext actor, Object event) {
        UUID trail = Objects.requireNonNull(((DomainEvent) event).trail());
        long sequence = lastSequences.merge(trail, 1L, Long::sum);
        return TrailSequence.assigned(
                new GenericDomainEventMessage<>(
                        "Stream",
                        trail.toString(),
                        sequence - 1,
                        event,
                        actor.toMetaData(),
                        UUID.randomUUID().toString(),
                        now),
                sequence);
    }

    /** Registers a listener that is called with the position after which a rebuild is about to read. */
    public void whenReadBehind(LongConsumer told) {
        whenReadBehind = told;
    }

    /** Projects every event twice more. */
    public void hearEverythingTwiceMore() {
        history.forEach(message -> {
            handle(List.of(message));
            handle(List.of(message));
        });
    }

    /** Deletes all rows and projects every event. */
    public void rebuild() {
        sql().sql("truncate " + String.join(", ", TABLES)).update();
        assertThat(rows().values()).allMatch(List::isEmpty);
        history.forEach(message -> handle(List.of(message)));
    }

    /** Returns all rows of all projections. */
    public Map<String, List<String>> rows() {
        Map<String, List<String>> rows = new TreeMap<>();
        TABLES.forEach(table -> rows.put(
                table,
                sql().sql("select to_jsonb(t)::text from " + table + " t order by 1")
                        .query(String.class)
                        .list()));
        return rows;
    }

    /** Projects events together or, if that fails, one by one with dead letters. */
    private void feed(List<DomainEventMessage<?>> messages, boolean mayHaveToWait) {
        try {
            if (mayHaveToWait) {
                DeadLetterMode.requireActive();
            }
            handle(messages, false);
        } catch (ProjectionException failure) {
            for (DomainEventMessage<?> message : messages) {
                try {
                    var token = new GlobalSequenceTrackingToken(history.indexOf(message));
                    handle(List.of(new GenericTrackedDomainEventMessage<>(token, message)), true);
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            }
        }
    }

    private void handle(List<DomainEventMessage<?>> messages) {
        handle(messages, false);
    }

    private void handle(List<DomainEventMessage<?>> messages, boolean deadLetterMode) {
        transaction.executeWithoutResult(status -> {
            var work = DefaultUnitOfWork.<EventMessage<?>>startAndGet(messages.getFirst());
            if (deadLetterMode) {
                DeadLetterMode.activate(work);
            }
            try {
                for (DomainEventMessage<?> message : messages) {
                    for (AnnotationEventHandlerAdapter projection : projections) {
                        work.transformMessage(it -> message);
                        projection.handle(message);
                    }
                }
                work.commit();
            } catch (Exception e) {
                if (work.isActive()) {
                    work.rollback(e);
                }
                throw e instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(e);
            }
        });
    }
}
