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
 * All projections and queries on a database of their own. Events come as a command brings them: those of one act in one unit
 * of work and one transaction, a second apart from those of the act before.
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

    /** How long a sign-in may go unused. */
    public static final Duration IDLE = Duration.ofHours(2);

    /** Only of a plan that tests of it choose. */
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

    /** With the projections of these groups only, or of all when none is named. */
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

    /** From now on, there are callers whom a rebuild gives way to. */
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

    /** The answer, null when there is none. */
    public <T> T ask(Object query, Class<T> answer) {
        return queries.query(query, answer).join();
    }

    /** When the next act is. */
    public Instant now() {
        return now;
    }

    /** Nothing happens for a while. */
    public void later(Duration by) {
        now = now.plus(by);
    }

    /** What one command of this actor does. */
    public void happened(ActorContext actor, Object... events) {
        handle(stored(actor, events));
    }

    /** As {@link #happened}; what a projection cannot take waits as a dead letter. */
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

    /** An event that was stored, and that no projection has heard. */
    public void storedOnly(ActorContext actor, Object event) {
        history.add(message(actor, event));
    }

    /** An event of a type that only a later version knows. */
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

    /** Is told the position behind which the events are read, before they are: by a rebuild. */
    public void whenReadBehind(LongConsumer told) {
        whenReadBehind = told;
    }

    /** Every event again, each twice. */
    public void hearEverythingTwiceMore() {
        history.forEach(message -> {
            handle(List.of(message));
            handle(List.of(message));
        });
    }

    /** From nothing. */
    public void rebuild() {
        sql().sql("truncate " + String.join(", ", TABLES)).update();
        assertThat(rows().values()).allMatch(List::isEmpty);
        history.forEach(message -> handle(List.of(message)));
    }

    /** Every row of every table that is made of events. */
    public Map<String, List<String>> rows() {
        Map<String, List<String>> rows = new TreeMap<>();
        TABLES.forEach(table -> rows.put(
                table,
                sql().sql("select to_jsonb(t)::text from " + table + " t order by 1")
                        .query(String.class)
                        .list()));
        return rows;
    }

    /** What a feed does: together where it can be, and each with care where it cannot. */
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
