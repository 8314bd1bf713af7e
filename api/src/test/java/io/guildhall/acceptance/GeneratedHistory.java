package io.guildhall.acceptance;

import java.util.ArrayList;
import java.util.List;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;

/** Stores events as if commands had led to them, with what projections make of them: thousands take a moment. */
final class GeneratedHistory {

    private static final int AT_ONCE = 1_000;

    private final EventStore events;
    private final TransactionManager transactions;

    GeneratedHistory(EventStore events, TransactionManager transactions) {
        this.events = events;
        this.transactions = transactions;
    }

    void append(String type, String stream, List<?> facts) {
        for (int from = 0; from < facts.size(); from += AT_ONCE) {
            appendAtOnce(type, stream, facts.subList(from, Math.min(from + AT_ONCE, facts.size())));
        }
    }

    private void appendAtOnce(String type, String stream, List<?> facts) {
        var work = DefaultUnitOfWork.startAndGet(GenericEventMessage.asEventMessage("many at once"));
        work.attachTransaction(transactions);
        long last = events.lastSequenceNumberFor(stream).orElse(-1L);
        List<DomainEventMessage<?>> messages = new ArrayList<>();
        for (Object fact : facts) {
            messages.add(new GenericDomainEventMessage<>(type, stream, ++last, fact));
        }
        events.publish(messages);
        work.commit();
    }
}
