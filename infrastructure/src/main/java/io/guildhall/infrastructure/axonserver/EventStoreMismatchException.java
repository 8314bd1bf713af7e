package io.guildhall.infrastructure.axonserver;

import java.time.Duration;
import org.springframework.boot.diagnostics.FailureAnalyzedException;

/** The events and this database do not belong together: said in a sentence, at the start, before anything is wrong. */
public final class EventStoreMismatchException extends FailureAnalyzedException {

    private EventStoreMismatchException(String description, String action) {
        super(description, action);
    }

    static EventStoreMismatchException eventsInPostgres() {
        return new EventStoreMismatchException(
                "The events of this database are in PostgreSQL, and it is started with an Axon Server.",
                "Start it with axon.axonserver.enabled=false, or move the events: guildhall events copy --from postgres --to"
                        + " axonserver.");
    }

    /** For a start without an Axon Server. */
    public static EventStoreMismatchException eventsInServer() {
        return new EventStoreMismatchException(
                "The events of this database are in an Axon Server, and it is started without one.",
                "Start it with axon.axonserver.enabled=true and axon.axonserver.servers=HOST:PORT, or move the events: guildhall"
                        + " events copy --from axonserver --to postgres.");
    }

    static EventStoreMismatchException fewerEvents(long events, long shown) {
        return new EventStoreMismatchException(
                "The Axon Server has %d events, and the read models show %d: they do not belong together."
                        .formatted(events, shown),
                "Name the Axon Server that has the events of this database, or an empty database, which is then filled.");
    }

    static EventStoreMismatchException noServer(Duration waited) {
        return new EventStoreMismatchException(
                "The Axon Server has not answered for %d seconds.".formatted(waited.toSeconds()),
                "The first start needs it: see that it runs, and where axon.axonserver.servers points to.");
    }
}
