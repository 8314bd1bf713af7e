package io.guildhall.infrastructure.axonserver;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.guildhall.infrastructure.observability.FailureLog;
import io.guildhall.infrastructure.projection.ProjectionException;
import io.guildhall.infrastructure.projection.ProjectionWriter;
import io.guildhall.infrastructure.projection.TrailSequencingPolicy;
import io.guildhall.infrastructure.projection.deadletter.DeadLetterMode;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventHandlerInvoker;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.Segment;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.pooled.PooledStreamingEventProcessor;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.InterceptorChain;
import org.axonframework.messaging.unitofwork.BatchingUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.axonframework.serialization.UnknownSerializedType;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Processes events for all projections and event handlers. A batch is one transaction with its segment's position, so
 * each event is projected exactly once. An event that a projection cannot handle becomes a dead letter. After a failure
 * the processor is restarted every 2 s; Axon would back off for up to 60 s.
 */
public final class SegmentedEventProcessor extends PooledStreamingEventProcessor {

    private static final Logger LOG = LoggerFactory.getLogger(SegmentedEventProcessor.class);

    /** Unit-of-work resource: the position up to which its segment was projected before. */
    private static final String PROJECTED = SegmentedEventProcessor.class.getName();

    /** Unit-of-work resource: its events with their trail numbers, by event id. */
    private static final String NUMBERED = PROJECTED + ".numbered";

    private static final int BATCH = 500;

    /** Larger batches buffer read model rows and write them in bulk. */
    private static final int MAX_EVENTS_UNBUFFERED = 32;

    private static final int WORKERS = 8;
    private static final long CLAIM_INTERVAL = SECONDS.toMillis(1);
    private static final long CLAIM_EXTENSION_MILLIS = SECONDS.toMillis(2);
    private static final long RESTART_INTERVAL_SECONDS = 2;

    private final SegmentTokenStore tokens;
    private final SegmentClaims claims;
    private final ReadModelProgressTracker progress;
    private final EventPositionIndex index;
    private final StartupConsistencyCheck check;
    private final TransactionManager transactions;
    private final TrailNumbering numbering;
    private final ProjectionWriter writer;
    private final Map<Class<?>, Boolean> handled = new ConcurrentHashMap<>();
    private volatile boolean started;

    /** Prevents logging the same failure repeatedly. */
    private boolean failing;

    public SegmentedEventProcessor(
            EventStore events,
            EventHandlerInvoker handlers,
            SegmentTokenStore tokens,
            SegmentClaims claims,
            ReadModelProgressTracker progress,
            EventPositionIndex index,
            StartupConsistencyCheck check,
            TransactionManager transactions,
            TrailNumbering numbering,
            ProjectionWriter writer,
            Clock clock) {
        super(builder()
                .name(SegmentTokenStore.PROCESSOR)
                .messageSource(events)
                .eventHandlerInvoker(handlers)
                .tokenStore(tokens)
                .transactionManager(transactions)
                .initialSegmentCount(Segments.COUNT)
                .maxSegmentProvider(claims)
                .tokenClaimInterval(CLAIM_INTERVAL)
                .claimExtensionThreshold(CLAIM_EXTENSION_MILLIS)
                .enableCoordinatorClaimExtension()
                .batchSize(BATCH)
                .clock(clock)
                .coordinatorExecutor(threads("read-models-coordinator", 1))
                .workerExecutor(threads("read-models", WORKERS)));
        this.tokens = tokens;
        this.claims = claims;
        this.progress = progress;
        this.index = index;
        this.check = check;
        this.transactions = transactions;
        this.numbering = numbering;
        this.writer = writer;
        registerHandlerInterceptor(this::projectOnce);
        threads("read-models-restart", 1)
                .scheduleWithFixedDelay(
                        this::restartAfterFailure, RESTART_INTERVAL_SECONDS, RESTART_INTERVAL_SECONDS, SECONDS);
    }

    private static ScheduledExecutorService threads(String name, int number) {
        return Executors.newScheduledThreadPool(
                number, Thread.ofPlatform().name(name + "-", 0).daemon().factory());
    }

    /** @throws EventStoreMismatchException if the event store and this database do not belong together */
    @Override
    public synchronized void start() {
        check.run();
        index.start(this::handles);
        super.start();
        started = true;
    }

    @Override
    public CompletableFuture<Void> shutdownAsync() {
        started = false;
        index.stop();
        return super.shutdownAsync().thenRun(claims::leave);
    }

    /** Synchronized with the start, during which the processor also appears stopped. */
    private synchronized void restartAfterFailure() {
        boolean failed = isError() || !isRunning();
        if (started && failed != failing) {
            failing = failed;
            if (failed) {
                LOG.warn("Read models are not updated on this node. Retrying every {} s", RESTART_INTERVAL_SECONDS);
            } else {
                LOG.info("Read models are updated again");
            }
        }
        if (started && failed) {
            try {
                super.shutdownAsync().get(RESTART_INTERVAL_SECONDS, SECONDS);
                if (started) {
                    super.start();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (Exception e) {
                LOG.debug("The event processor does not start", e);
            }
        }
    }

    private boolean handles(Class<?> payloadType) {
        return handled.computeIfAbsent(payloadType, this::canHandleType);
    }

    /** Also accepts event types of a later version, so that they are never skipped. */
    @Override
    protected boolean canHandleType(Class<?> payloadType) {
        return payloadType == UnknownSerializedType.class || super.canHandleType(payloadType);
    }

    /** Called for each event and segment, so the result per event type is cached. */
    @Override
    protected boolean canHandle(EventMessage<?> event, Segment segment) {
        return segment.matches(Segments.of(event)) && handles(event.getPayloadType());
    }

    @Override
    protected void processInUnitOfWork(
            List<? extends EventMessage<?>> events,
            UnitOfWork<? extends EventMessage<?>> work,
            Collection<Segment> segments)
            throws Exception {
        TrackingToken reached = ((TrackedEventMessage<?>) events.getLast()).trackingToken();
        int segment = segments.iterator().next().getSegmentId();
        process(events, work, segments, () -> {
            BatchingUnitOfWork<? extends EventMessage<?>> retry = unitOfWork(events);
            retry.onPrepareCommit(it -> tokens.storeToken(reached, getName(), segment));
            return retry;
        });
    }

    /**
     * Projects events of segments that other nodes claim, while projection is blocked. Their nodes skip the events
     * afterwards.
     *
     * @param position the position up to which all events are projected afterwards
     */
    void projectForOthers(List<? extends EventMessage<?>> events, long position) throws Exception {
        Supplier<UnitOfWork<? extends EventMessage<?>>> workFactory = () -> {
            BatchingUnitOfWork<? extends EventMessage<?>> work = unitOfWork(events);
            work.resources().put(PROJECTED, 0L);
            work.onPrepareCommit(it -> tokens.advanceAll(position));
            return work;
        };
        process(events, workFactory.get(), List.of(Segment.ROOT_SEGMENT), workFactory);
    }

    /**
     * @param secondAttempt creates a unit of work for a second attempt in {@link DeadLetterMode}, if a projection cannot
     *     handle an event
     */
    private void process(
            List<? extends EventMessage<?>> events,
            UnitOfWork<? extends EventMessage<?>> work,
            Collection<Segment> segments,
            Supplier<UnitOfWork<? extends EventMessage<?>>> secondAttempt)
            throws Exception {
        try {
            super.processInUnitOfWork(events, work, segments);
        } catch (Exception failure) {
            if (ProjectionException.in(failure) == null) {
                FailureLog.warn(LOG, "Cannot project events; retrying", failure);
                throw failure;
            }
            UnitOfWork<? extends EventMessage<?>> retry = secondAttempt.get();
            DeadLetterMode.activate(retry);
            super.processInUnitOfWork(events, retry, segments);
        }
    }

    private BatchingUnitOfWork<? extends EventMessage<?>> unitOfWork(List<? extends EventMessage<?>> events) {
        var work = new BatchingUnitOfWork<>(events);
        work.attachTransaction(transactions);
        return work;
    }

    /** Interceptor that skips events already projected by another node. */
    private @Nullable Object projectOnce(UnitOfWork<? extends EventMessage<?>> work, InterceptorChain chain)
            throws Exception {
        if (work.getResource(NUMBERED) == null) {
            begin((BatchingUnitOfWork<?>) work);
        }
        Map<String, DomainEventMessage<?>> numbered = work.getResource(NUMBERED);
        long projected = work.<Long>getResource(PROJECTED);
        work.transformMessage(event -> Objects.requireNonNull(numbered.get(event.getIdentifier())));
        if (Segments.position(work.getMessage()) <= projected) {
            return null;
        }
        if (work.getMessage().getPayload() instanceof UnknownSerializedType unknown) {
            claims.yieldToLaterVersion();
            throw new IllegalStateException("A later version has stored an event of the unknown type "
                    + unknown.serializedType().getName());
        }
        return chain.proceed();
    }

    private void begin(BatchingUnitOfWork<?> work) {
        List<DomainEventMessage<?>> events = work.getMessages().stream()
                .<DomainEventMessage<?>>map(event -> AxonServerEventReader.withExactTime((DomainEventMessage<?>) event))
                .toList();
        if (work.getResource(PROJECTED) == null) {
            work.resources().put(PROJECTED, lockSegment(work, events));
        }
        work.resources()
                .put(
                        NUMBERED,
                        numbering.assign(events).stream()
                                .collect(Collectors.toMap(EventMessage::getIdentifier, event -> event)));
        if (events.size() > MAX_EVENTS_UNBUFFERED && !DeadLetterMode.isActive()) {
            writer.gather();
        }
    }

    private long lockSegment(BatchingUnitOfWork<?> work, List<DomainEventMessage<?>> events) {
        // Exclusive if keys are destroyed: a concurrent batch could decrypt data with them and store it afterwards.
        tokens.enter(events.stream().anyMatch(event -> KeyErasureHandler.destroysKeys(event.getPayload())));
        int segment = Segments.of(events.getFirst());
        long reached = Segments.position(events.getLast());
        work.afterCommit(it -> progress.projected(segment, reached));
        return tokens.lock(
                segment,
                events.stream()
                        .map(TrailSequencingPolicy::sequenceOf)
                        .distinct()
                        .toList());
    }

    /** The number of segments is fixed. */
    @Override
    public CompletableFuture<Boolean> splitSegment(int segmentId) {
        return CompletableFuture.completedFuture(false);
    }

    /** The number of segments is fixed. */
    @Override
    public CompletableFuture<Boolean> mergeSegment(int segmentId) {
        return CompletableFuture.completedFuture(false);
    }
}
