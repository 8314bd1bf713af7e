package io.guildhall.api.wiring;

import io.guildhall.api.axonserver.ServerAway;
import io.guildhall.api.axonserver.ServerEvents;
import io.guildhall.api.axonserver.Shown;
import io.guildhall.api.axonserver.Tail;
import io.guildhall.api.store.Appended;
import java.time.Clock;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.TimeoutException;

/**
 * Where the read models follow an Axon Server: who has appended waits for them. Who has not, or has at an earlier run, for what the server says is the last
 * of all events, which others may just have added to.
 */
final class ServerPositions implements Positions {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration LOOK = Duration.ofMillis(500);

    private final ServerEvents events;
    private final Tail tail;
    private final Shown shown;
    private final Clock clock;

    ServerPositions(ServerEvents events, Tail tail, Shown shown, Clock clock) {
        this.events = events;
        this.tail = tail;
        this.shown = shown;
        this.clock = clock;
    }

    @Override
    public long head() {
        return shown.position();
    }

    @Override
    public long last() {
        return events.last();
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
                        last - position, Duration.between(oldest.event().getTimestamp(), clock.instant())))
                .orElse(Behind.NOTHING);
    }

    @Override
    public long show(Appended appended) {
        long until = System.nanoTime() + PATIENCE.toNanos();
        try {
            long position = appended.event() == null ? events.last() : place(appended.event(), until);
            while (!shown.await(position, LOOK)) {
                goOnWaiting(until, "The read models are behind position " + position);
            }
            return appended.position() == 0 ? 0 : position;
        } catch (ServerAway away) {
            throw new StoreUnavailable(away);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailable(e);
        }
    }

    private long place(String event, long until) throws InterruptedException {
        while (true) {
            OptionalLong position = tail.await(event, LOOK);
            if (position.isPresent()) {
                return position.getAsLong();
            }
            goOnWaiting(until, "Event " + event + " was appended and has not come");
        }
    }

    /** Only while the server is there, since without it nothing comes. */
    private void goOnWaiting(long until, String forWhat) {
        if (System.nanoTime() - until > 0) {
            throw new StoreUnavailable(new TimeoutException(forWhat));
        }
        events.last();
    }
}
