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
 * Axon's processor for all projections and reactions. A batch is one transaction with its segment's position, so that each event is
 * projected exactly once. An event that a projection cannot handle becomes its dead letter. After a failure the processor is restarted
 * every 2 s, where Axon would wait for up to 60 s.
 */
public final class SegmentedEventProcessor extends PooledStreamingEventProcessor {

    private static final Logger LOG = LoggerFactory.getLogger(SegmentedEventProcessor.class);

    /** Resource of a unit of work: the position up to which its segment was projected before. */
    private static final String PROJECTED = SegmentedEventProcessor.class.getName();

    /** Resource of a unit of work: its events with their numbers in their trails, by their ids. */
    private static final String NUMBERED = PROJECTED + ".numbered";

    private static final int BATCH = 500;

    /** With more events, the rows of the read models are sent by statements whose number does not grow with them. */
    private static final int MOST_BY_ROW = 32;

    private static final int WORKERS = 8;
    private static final long CLAIM_INTERVAL = SECONDS.toMillis(1);
    private static final long CLAIMS_EXTENDED_AFTER = SECONDS.toMillis(2);
    private static final long RESTART_INTERVAL_SECONDS = 2;

    private final SegmentTokenStore tokens;
    private final SegmentClaims claims;
    private final ReadModelProgressTracker progress;
    private final EventPositionIndex index;
    private final StartupConsistencyCheck check;
    private final TransactionManager transactions;
    private final TrailNumbering numbering;
    private final ProjectionWriter projectionWriter;
    private final Map<Class<?>, Boolean> handled = new ConcurrentHashMap<>();
    private volatile boolean wanted;

    /** So that a failure is logged once, however long it lasts. */
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
            ProjectionWriter projectionWriter,
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
                .claimExtensionThreshold(CLAIMS_EXTENDED_AFTER)
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
        this.projectionWriter = projectionWriter;
        registerHandlerInterceptor(this::projectOnce);
        threads("read-models-restart", 1)
                .scheduleWithFixedDelay(
                        this::restartAfterFailure, RESTART_INTERVAL_SECONDS, RESTART_INTERVAL_SECONDS, SECONDS);
    }

    private static ScheduledExecutorService threads(String name, int number) {
        return Executors.newScheduledThreadPool(
                number, Thread.ofPlatform().name(name + "-", 0).daemon().factory());
    }

    /** @throws EventStoreMismatchException when the events and this database do not belong together */
    @Override
    public synchronized void start() {
        check.run();
        index.start(this::handles);
        super.start();
        wanted = true;
    }

    @Override
    public CompletableFuture<Void> shutdownAsync() {
        wanted = false;
        index.stop();
        return super.shutdownAsync().thenRun(claims::leave);
    }

    /** Not while the processor starts: it would be taken for one that has stopped. */
    private synchronized void restartAfterFailure() {
        boolean failed = isError() || !isRunning();
        if (wanted && failed != failing) {
            failing = failed;
            if (failed) {
                LOG.warn("Read models are not updated on this node. Retrying every {} s", RESTART_INTERVAL_SECONDS);
            } else {
                LOG.info("Read models are updated again");
            }
        }
        if (wanted && failed) {
            try {
                super.shutdownAsync().get(RESTART_INTERVAL_SECONDS, SECONDS);
                if (wanted) {
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

    /** An event of a later version is never passed over. */
    @Override
    protected boolean canHandleType(Class<?> payloadType) {
        return payloadType == UnknownSerializedType.class || super.canHandleType(payloadType);
    }

    /** Asked for each event and each segment: the handlers are asked once for each type. */
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
            BatchingUnitOfWork<? extends EventMessage<?>> again = unitOfWork(events);
            again.onPrepareCommit(it -> tokens.storeToken(reached, getName(), segment));
            return again;
        });
    }

    /**
     * Projects events of other nodes' segments, while nobody else projects: their nodes pass over them afterwards.
     *
     * @param position up to which all events are projected then
     */
    void projectForOthers(List<? extends EventMessage<?>> events, long position) throws Exception {
        Supplier<UnitOfWork<? extends EventMessage<?>>> works = () -> {
            BatchingUnitOfWork<? extends EventMessage<?>> work = unitOfWork(events);
            work.resources().put(PROJECTED, 0L);
            work.onPrepareCommit(it -> tokens.advanceAll(position));
            return work;
        };
        process(events, works.get(), List.of(Segment.ROOT_SEGMENT), works);
    }

    /** @param second for the same events, where a projection cannot handle one of them: that one becomes a dead letter then */
    private void process(
            List<? extends EventMessage<?>> events,
            UnitOfWork<? extends EventMessage<?>> work,
            Collection<Segment> segments,
            Supplier<UnitOfWork<? extends EventMessage<?>>> second)
            throws Exception {
        try {
            super.processInUnitOfWork(events, work, segments);
        } catch (Exception failure) {
            if (ProjectionException.in(failure) == null) {
                FailureLog.warn(LOG, "Events are not projected yet, and are tried again", failure);
                throw failure;
            }
            UnitOfWork<? extends EventMessage<?>> again = second.get();
            DeadLetterMode.activate(again);
            super.processInUnitOfWork(events, again, segments);
        }
    }

    private BatchingUnitOfWork<? extends EventMessage<?>> unitOfWork(List<? extends EventMessage<?>> events) {
        var work = new BatchingUnitOfWork<>(events);
        work.attachTransaction(transactions);
        return work;
    }

    /** In front of the handlers: passes over an event that another node has projected. */
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
        if (events.size() > MOST_BY_ROW && !DeadLetterMode.isActive()) {
            projectionWriter.gather();
        }
    }

    private long lockSegment(BatchingUnitOfWork<?> work, List<DomainEventMessage<?>> events) {
        // Other batches may be about to decrypt something with these keys, and to write it down afterwards.
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
