package io.guildhall.query.session;

import io.guildhall.domain.account.events.AccountErased;
import io.guildhall.domain.session.events.SessionEnded;
import io.guildhall.domain.session.events.SessionStarted;
import io.guildhall.query.store.Projection;
import io.guildhall.query.store.Rows;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.ResetHandler;
import org.springframework.stereotype.Component;

/** Sessions that have not ended. No event says that one has expired: those go when their account starts another. */
@Component
@ProcessingGroup(SessionsProjection.NAME)
class SessionsProjection implements Projection {

    static final String NAME = "sessions";

    private final Rows rows;

    SessionsProjection(Rows rows) {
        this.rows = rows;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean endsAccess(Object event) {
        return event instanceof SessionEnded || event instanceof AccountErased;
    }

    @EventHandler
    void on(SessionStarted event) {
        rows.put(
                """
                with expired as (delete from sessions where account = ? and expires_at <= ?)
                insert into sessions (session, account, token_hash, organization, via, started, expires_at)
                values (?, ?, ?, ?, ?, ?, ?)
                on conflict do nothing
                """,
                event.account(),
                event.startedAt(),
                event.session(),
                event.account(),
                event.tokenHash(),
                event.organization(),
                event.via(),
                event.startedAt(),
                event.expiresAt());
    }

    @EventHandler
    void on(SessionEnded event) {
        rows.put("delete from sessions where session = ?", event.session());
    }

    @EventHandler
    void on(AccountErased event) {
        rows.put("delete from sessions where account = ?", event.account());
    }

    @ResetHandler
    void startOver() {
        rows.startOver(NAME);
    }
}
