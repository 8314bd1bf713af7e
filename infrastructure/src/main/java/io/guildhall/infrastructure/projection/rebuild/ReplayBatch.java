package io.guildhall.infrastructure.projection.rebuild;

import io.guildhall.domain.invitation.InvitationEvent.MemberInvited;
import io.guildhall.domain.shared.PersonalDataCipher;
import io.guildhall.infrastructure.projection.BulkWriter;
import io.guildhall.infrastructure.projection.ProjectionException;
import io.guildhall.infrastructure.projection.TrailSequencingPolicy;
import io.guildhall.infrastructure.projection.rebuild.GlobalEventReader.PositionedEvent;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.EventMessageHandler;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.serialization.UnknownSerializedType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.NonTransientDataAccessException;

/** Passes each event to all rebuilt projections and buffers the rows they write. */
final class ReplayBatch {

    private static final Logger LOG = LoggerFactory.getLogger(ReplayBatch.class);

    /** Whether an event type has encrypted fields, by the prefix of their names. */
    private static final ClassValue<Boolean> HAS_ENCRYPTED_FIELDS = new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> event) {
            return event.isRecord()
                    && Stream.of(event.getRecordComponents())
                            .anyMatch(component -> component.getName().startsWith("encrypted"));
        }
    };

    private final List<EventMessageHandler> handlers;
    private final PersonalDataCipher personalData;
    private final BulkWriter writer;
    private final Map<Class<?>, List<EventMessageHandler>> handlersOf = new HashMap<>();
    private long after;
    private long last;
    private int size;

    /** @param after the position before the batch's first event */
    ReplayBatch(List<EventMessageHandler> handlers, PersonalDataCipher personalData, BulkWriter writer, long after) {
        this.handlers = handlers;
        this.personalData = personalData;
        this.writer = writer;
        startAfter(after);
    }

    /** The position before the first buffered event. */
    long after() {
        return after;
    }

    /** The position of the last buffered event. */
    long last() {
        return last;
    }

    List<EventMessageHandler> handlers() {
        return handlers;
    }

    /** The number of buffered events. */
    int size() {
        return size;
    }

    /** @return false if an event cannot be projected; the batch is then unusable until {@link #startAfter} */
    boolean take(List<PositionedEvent> page) {
        var work = DefaultUnitOfWork.<EventMessage<?>>startAndGet(null);
        try {
            writer.gather(work);
            personalData.expect(subjects(page));
            for (PositionedEvent stored : page) {
                requireKnown(stored.event());
                for (EventMessageHandler handler : handlersOf(stored.event())) {
                    handler.handle(stored.event());
                }
            }
            size += page.size();
            last = page.getLast().position();
            return true;
        } catch (Exception failure) {
            LOG.debug("An event cannot be projected", failure);
            return false;
        } finally {
            work.rollback();
        }
    }

    /** Rejects event types of a later version of the service: their rows would be missing afterwards. */
    static void requireKnown(EventMessage<?> event) {
        if (event.getPayload() instanceof UnknownSerializedType unknown) {
            throw ProjectionException.because("this version does not know the event type "
                    + unknown.serializedType().getName());
        }
    }

    /** Encodes the rows before another thread writes them. */
    void prepare() {
        try {
            writer.prepare();
        } catch (ProjectionException | NonTransientDataAccessException failure) {
            // Thrown again by the flush, which handles it.
            LOG.debug("Rows cannot be encoded", failure);
        }
    }

    /**
     * Writes the rows in the caller's transaction.
     *
     * @return the number of events
     */
    int flush() {
        writer.flush();
        int written = size;
        size = 0;
        return written;
    }

    /** Empties the batch. */
    void startAfter(long position) {
        writer.forget();
        size = 0;
        after = position;
        last = position;
    }

    private List<EventMessageHandler> handlersOf(EventMessage<?> event) {
        return handlersOf.computeIfAbsent(
                event.getPayloadType(),
                type -> handlers.stream()
                        .filter(handler -> handler.canHandle(event))
                        .toList());
    }

    /** The ids of the keys that decrypt these events. */
    private static Collection<UUID> subjects(List<PositionedEvent> page) {
        Set<UUID> subjects = new HashSet<>();
        for (PositionedEvent stored : page) {
            if (HAS_ENCRYPTED_FIELDS.get(stored.event().getPayloadType())) {
                subjects.add(
                        stored.event().getPayload() instanceof MemberInvited invited
                                ? invited.invitation()
                                : UUID.fromString(TrailSequencingPolicy.sequenceOf(stored.event())));
            }
        }
        return subjects;
    }
}
