package io.guildhall.query.token;

import io.guildhall.domain.shared.PersonalDataCipher;
import io.guildhall.domain.token.TokenEvent;
import io.guildhall.domain.token.TokenEvent.TokenDeactivated;
import io.guildhall.domain.token.TokenEvent.TokenEdited;
import io.guildhall.domain.token.TokenEvent.TokenIssued;
import io.guildhall.domain.token.TokenEvent.TokenReactivated;
import io.guildhall.domain.token.TokenEvent.TokenRevoked;
import io.guildhall.query.store.Projection;
import io.guildhall.query.store.Row;
import io.guildhall.query.store.Rows;
import io.guildhall.query.store.Table;
import java.util.UUID;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.ResetHandler;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The states that each API token has been in, one row per event; null is for what the event does not change. */
@Component
@ProcessingGroup(TokenStatesProjection.NAME)
class TokenStatesProjection implements Projection {

    static final String NAME = "token_states";

    private static final Table TABLE = Table.added(NAME, "organization", "sequence");

    private final Rows rows;
    private final PersonalDataCipher personalData;

    TokenStatesProjection(Rows rows, PersonalDataCipher personalData) {
        this.personalData = personalData;
        this.rows = rows;
    }

    @Override
    public Table table() {
        return TABLE;
    }

    @EventHandler
    void on(TokenEvent event, DomainEventMessage<?> message) {
        switch (event) {
            case TokenIssued it ->
                add(
                        it,
                        it.token(),
                        personalData.open(it.organization(), it.encryptedName()),
                        personalData.open(it.organization(), it.encryptedDescription()),
                        true,
                        false,
                        message);
            case TokenEdited it ->
                add(
                        it,
                        it.token(),
                        personalData.open(it.organization(), it.encryptedName()),
                        personalData.open(it.organization(), it.encryptedDescription()),
                        null,
                        null,
                        message);
            case TokenDeactivated it -> add(it, it.token(), null, null, false, null, message);
            case TokenReactivated it -> add(it, it.token(), null, null, true, null, message);
            case TokenRevoked it -> add(it, it.token(), null, null, null, true, message);
        }
    }

    @ResetHandler
    void startOver() {
        rows.startOver(NAME);
    }

    private void add(
            TokenEvent event,
            UUID token,
            @Nullable String name,
            @Nullable String description,
            @Nullable Boolean active,
            @Nullable Boolean revoked,
            DomainEventMessage<?> message) {
        rows.insert(
                TABLE,
                Row.with("organization", event.organization())
                        .and("sequence", message.getSequenceNumber())
                        .and("token", token)
                        .and("at", message.getTimestamp())
                        .and("name", name)
                        .and("description", description)
                        .and("active", active)
                        .and("revoked", revoked));
    }
}
