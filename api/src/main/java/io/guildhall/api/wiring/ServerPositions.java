package io.guildhall.api.wiring;

import io.guildhall.api.axonserver.ServerAway;
import io.guildhall.api.axonserver.ServerEvents;
import io.guildhall.api.axonserver.Shown;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.axonframework.eventhandling.GenericEventMessage;

/** Where the read models follow an Axon Server: who has appended waits for them. */
final class ServerPositions implements Positions {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration LOOK = Duration.ofMillis(500);

    private final ServerEvents events;
    private final Shown shown;

    ServerPositions(ServerEvents events, Shown shown) {
        this.events = events;
        this.shown = shown;
    }

    @Override
    public long head() {
        return shown.position();
    }

    @Override
    public boolean level() throws InterruptedException {
        return shown.level(PATIENCE);
    }

    @Override
    public int segments() {
        return shown.fedHere();
    }

    @Override
    public Behind behind() {
        long position = shown.position();
        long last = events.last();
        return events.read(position, Math.min(position + 1, last), 1).stream()
                .findFirst()
                .map(oldest -> new Behind(
                        last - position,
                        Duration.between(oldest.event().getTimestamp(), GenericEventMessage.clock.instant())))
                .orElse(Behind.NOTHING);
    }

    /** The server does not tell where it has put an event: the last position of all is at or behind it. Also for who repeats what is done. */
    @Override
    public long show(long appended) {
        try {
            long last = events.last();
            long until = System.nanoTime() + PATIENCE.toNanos();
            while (!shown.await(last, LOOK)) {
                if (System.nanoTime() - until > 0) {
                    throw new StoreUnavailable(new TimeoutException("The read models are behind position " + last));
                }
                // Without it they come no further.
                events.last();
            }
            return appended == 0 ? 0 : last;
        } catch (ServerAway away) {
            throw new StoreUnavailable(away);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailable(e);
        }
    }
}
