package io.guildhall.query.token;

import io.guildhall.domain.token.events.TokenDeactivated;
import io.guildhall.domain.token.events.TokenDescribed;
import io.guildhall.domain.token.events.TokenIssued;
import io.guildhall.domain.token.events.TokenReactivated;
import io.guildhall.domain.token.events.TokenRevoked;
import io.guildhall.query.store.Projection;
import io.guildhall.query.store.Rows;
import java.time.Instant;
import java.util.UUID;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.ResetHandler;
import org.axonframework.eventhandling.Timestamp;
import org.springframework.stereotype.Component;

/** API tokens. A revoked one stays for the trail, and is in no list. When each was last used is {@link LastUse}'s. */
@Component
@ProcessingGroup(TokensProjection.NAME)
class TokensProjection implements Projection {

    static final String NAME = "tokens";

    private final Rows rows;

    TokensProjection(Rows rows) {
        this.rows = rows;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean endsAccess(Object event) {
        return event instanceof TokenDeactivated || event instanceof TokenRevoked;
    }

    @EventHandler
    void on(TokenIssued event, @Timestamp Instant at) {
        rows.put(
                """
                insert into tokens
                    (token, organization, account, type, name, description, token_hash, expires_at, scopes, created, updated)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                on conflict do nothing
                """,
                event.token(),
                event.organization(),
                event.account(),
                event.type(),
                event.name(),
                event.description(),
                event.tokenHash(),
                event.expiresAt(),
                event.scopes() == null ? null : event.scopes().toArray(String[]::new),
                at,
                at);
    }

    @EventHandler
    void on(TokenDescribed event, @Timestamp Instant at) {
        rows.touch(
                "update tokens set name = ?, description = ?, updated = ? where token = ?",
                event.name(),
                event.description(),
                at,
                event.token());
    }

    @EventHandler
    void on(TokenDeactivated event, @Timestamp Instant at) {
        active(event.token(), false, at);
    }

    @EventHandler
    void on(TokenReactivated event, @Timestamp Instant at) {
        active(event.token(), true, at);
    }

    @EventHandler
    void on(TokenRevoked event, @Timestamp Instant at) {
        rows.touch("update tokens set revoked = true, updated = ? where token = ?", at, event.token());
    }

    @ResetHandler
    void startOver() {
        rows.startOver(NAME);
    }

    private void active(UUID token, boolean active, Instant at) {
        rows.touch("update tokens set active = ?, updated = ? where token = ?", active, at, token);
    }
}
