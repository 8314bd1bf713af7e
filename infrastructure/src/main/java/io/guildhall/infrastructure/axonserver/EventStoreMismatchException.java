package io.guildhall.infrastructure.axonserver;

import java.time.Duration;
import org.springframework.boot.diagnostics.FailureAnalyzedException;

/** The event store and the database do not belong together. Ends the start. */
public final class EventStoreMismatchException extends FailureAnalyzedException {

    private EventStoreMismatchException(String description, String action) {
        super(description, action);
    }

    static EventStoreMismatchException eventsInPostgres() {
        return new EventStoreMismatchException(
                "The events of this database are in PostgreSQL, but an Axon Server is configured.",
                "Start it with axon.axonserver.enabled=false, or move the events: guildhall events copy --from postgres --to"
                        + " axonserver.");
    }

    /** For a start without an Axon Server. */
    public static EventStoreMismatchException eventsInServer() {
        return new EventStoreMismatchException(
                "The events of this database are in an Axon Server, but none is configured.",
                "Start it with axon.axonserver.enabled=true and axon.axonserver.servers=HOST:PORT, or move the events: guildhall"
                        + " events copy --from axonserver --to postgres.");
    }

    static EventStoreMismatchException fewerEvents(long events, long shown) {
        return new EventStoreMismatchException(
                "The Axon Server has %d events, fewer than the %d in the read models: they do not belong together."
                        .formatted(events, shown),
                "Configure the Axon Server that has the events of this database, or an empty database, whose read models are then built.");
    }

    static EventStoreMismatchException noServer(Duration waited) {
        return new EventStoreMismatchException(
                "The Axon Server has not answered for %d seconds.".formatted(waited.toSeconds()),
                "The first start needs it: check that it runs, and check axon.axonserver.servers.");
    }
}
