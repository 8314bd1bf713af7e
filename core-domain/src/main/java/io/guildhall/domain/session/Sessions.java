package io.guildhall.domain.session;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import io.guildhall.domain.session.events.SessionEnded;
import io.guildhall.domain.session.events.SessionStarted;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.jspecify.annotations.Nullable;

/** The sessions of one account that may still be in use; part of the account. */
public class Sessions {

    private final Map<UUID, Live> live = new HashMap<>();

    private record Live(
            @Nullable UUID organization, @Nullable UUID via, Instant expiresAt) {}

    public void start(SessionStarted fact) {
        apply(fact);
    }

    /** Whether the session has neither ended nor expired. */
    public boolean isLive(UUID session, Instant now) {
        Live found = live.get(session);
        return found != null && now.isBefore(found.expiresAt());
    }

    public @Nullable UUID organizationOf(UUID session) {
        Live found = live.get(session);
        return found == null ? null : found.organization();
    }

    public @Nullable UUID viaOf(UUID session) {
        Live found = live.get(session);
        return found == null ? null : found.via();
    }

    /** Silence for a session that has ended already. */
    public void end(UUID account, UUID session, String reason) {
        if (live.containsKey(session)) {
            apply(new SessionEnded(account, session, reason));
        }
    }

    public void endAllBut(@Nullable UUID kept, UUID account, String reason) {
        List.copyOf(live.keySet()).stream()
                .filter(session -> !session.equals(kept))
                .forEach(session -> end(account, session, reason));
    }

    @EventSourcingHandler
    void on(SessionStarted event) {
        live.values().removeIf(session -> !event.startedAt().isBefore(session.expiresAt()));
        live.put(event.session(), new Live(event.organization(), event.via(), event.expiresAt()));
    }

    @EventSourcingHandler
    void on(SessionEnded event) {
        live.remove(event.session());
    }
}
