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

/** Hands events to the projections that are built, each event to all of them, and gathers what they write. */
final class ReplayBatch {

    private static final Logger LOG = LoggerFactory.getLogger(ReplayBatch.class);

    /** Whether there is something of a person in events of a type: that is called so. */
    private static final ClassValue<Boolean> IS_SEALED = new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> event) {
            return event.isRecord()
                    && Stream.of(event.getRecordComponents())
                            .anyMatch(component -> component.getName().startsWith("encrypted"));
        }
    };

    private final List<EventMessageHandler> handlers;
    private final PersonalDataCipher personalData;
    private final BulkWriter bulkWriter;
    private final Map<Class<?>, List<EventMessageHandler>> handlersOf = new HashMap<>();
    private long after;
    private long last;
    private int size;

    /** @param after the position behind which its first event comes */
    ReplayBatch(
            List<EventMessageHandler> handlers, PersonalDataCipher personalData, BulkWriter bulkWriter, long after) {
        this.handlers = handlers;
        this.personalData = personalData;
        this.bulkWriter = bulkWriter;
        startAfter(after);
    }

    /** The position behind which the events come that it has taken. */
    long after() {
        return after;
    }

    /** The position of the last of them. */
    long last() {
        return last;
    }

    List<EventMessageHandler> handlers() {
        return handlers;
    }

    /** How many events it has taken and not written. */
    int size() {
        return size;
    }

    /** @return false when a projection cannot take one of them; then nothing more can be made of what was gathered */
    boolean take(List<PositionedEvent> page) {
        var work = DefaultUnitOfWork.<EventMessage<?>>startAndGet(null);
        try {
            bulkWriter.gather(work);
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
            LOG.debug("An event cannot be gathered", failure);
            return false;
        } finally {
            work.rollback();
        }
    }

    /** Refuses an event type of a later version: rows that this version cannot make of it would be missing afterwards. */
    static void requireKnown(EventMessage<?> event) {
        if (event.getPayload() instanceof UnknownSerializedType unknown) {
            throw ProjectionException.because("this version does not know the event type "
                    + unknown.serializedType().getName());
        }
    }

    /** Before it is handed over to be written. */
    void prepare() {
        try {
            bulkWriter.prepare();
        } catch (ProjectionException | NonTransientDataAccessException failure) {
            // Thrown again when it is written, by who knows what to make of it.
            LOG.debug("Rows cannot be prepared", failure);
        }
    }

    /** In the caller's transaction. */
    int flush() {
        bulkWriter.flush();
        int written = size;
        size = 0;
        return written;
    }

    /** With nothing in it. */
    void startAfter(long position) {
        bulkWriter.forget();
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

    /** Under whose keys there is something in them. */
    private static Collection<UUID> subjects(List<PositionedEvent> page) {
        Set<UUID> subjects = new HashSet<>();
        for (PositionedEvent stored : page) {
            if (IS_SEALED.get(stored.event().getPayloadType())) {
                subjects.add(
                        stored.event().getPayload() instanceof MemberInvited invited
                                ? invited.invitation()
                                : UUID.fromString(TrailSequencingPolicy.sequenceOf(stored.event())));
            }
        }
        return subjects;
    }
}
