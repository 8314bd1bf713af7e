package io.guildhall.query.session;

import io.guildhall.domain.account.events.AccountErased;
import io.guildhall.domain.session.events.SessionEnded;
import io.guildhall.domain.session.events.SessionStarted;
import io.guildhall.query.store.Projection;
import io.guildhall.query.store.Row;
import io.guildhall.query.store.Rows;
import io.guildhall.query.store.Table;
import io.guildhall.query.store.Where;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.ResetHandler;
import org.springframework.stereotype.Component;

/** Sessions that have not ended. No event says that one has expired: those go when their account starts another. */
@Component
@ProcessingGroup(SessionsProjection.NAME)
class SessionsProjection implements Projection {

    static final String NAME = "sessions";

    private static final Table TABLE = Table.changed(NAME, "session", "account");

    private final Rows rows;

    SessionsProjection(Rows rows) {
        this.rows = rows;
    }

    @Override
    public Table table() {
        return TABLE;
    }

    @Override
    public boolean endsAccess(Object event) {
        return event instanceof SessionEnded || event instanceof AccountErased;
    }

    @EventHandler
    void on(SessionStarted event) {
        rows.deleteWhere(TABLE, Where.is("account", event.account()).andUpTo("expires_at", event.startedAt()));
        rows.insert(
                TABLE,
                Row.with("session", event.session())
                        .and("account", event.account())
                        .and("token_hash", event.tokenHash())
                        .and("organization", event.organization())
                        .and("via", event.via())
                        .and("started", event.startedAt())
                        .and("expires_at", event.expiresAt()));
    }

    @EventHandler
    void on(SessionEnded event) {
        rows.delete(TABLE, event.session());
    }

    @EventHandler
    void on(AccountErased event) {
        rows.deleteWhere(TABLE, Where.is("account", event.account()));
    }

    @ResetHandler
    void startOver() {
        rows.startOver(NAME);
    }
}
