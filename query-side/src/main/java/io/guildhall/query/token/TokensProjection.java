package io.guildhall.query.token;

import io.guildhall.domain.organization.OrganizationEvent.OrganizationDeleted;
import io.guildhall.domain.shared.PersonalDataCipher;
import io.guildhall.domain.token.TokenEvent.TokenDeactivated;
import io.guildhall.domain.token.TokenEvent.TokenEdited;
import io.guildhall.domain.token.TokenEvent.TokenIssued;
import io.guildhall.domain.token.TokenEvent.TokenReactivated;
import io.guildhall.domain.token.TokenEvent.TokenRevoked;
import io.guildhall.domain.user.UserEvent.UserErased;
import io.guildhall.query.store.Projection;
import io.guildhall.query.store.Row;
import io.guildhall.query.store.Rows;
import io.guildhall.query.store.Table;
import io.guildhall.query.store.Where;
import java.time.Instant;
import java.util.UUID;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.Timestamp;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** API tokens. A revoked one stays for the trail, and is in no list. When each was last used is {@link LastUse}'s. */
@Component
@ProcessingGroup(TokensProjection.NAME)
class TokensProjection implements Projection {

    static final String NAME = "tokens";

    private static final Table TABLE = Table.changed(NAME, "token", "user_id", "organization");

    private final Rows rows;
    private final PersonalDataCipher personalData;

    TokensProjection(Rows rows, PersonalDataCipher personalData) {
        this.personalData = personalData;
        this.rows = rows;
    }

    @Override
    public Table table() {
        return TABLE;
    }

    @Override
    public boolean endsAccess(Object event) {
        return event instanceof TokenDeactivated || event instanceof TokenRevoked;
    }

    @EventHandler
    void on(TokenIssued event, @Timestamp Instant at) {
        rows.insert(
                TABLE,
                Row.with("token", event.token())
                        .and("organization", event.organization())
                        .and("user_id", event.user())
                        .and("type", event.type())
                        .and("name", open(event.user(), event.encryptedName()))
                        .and("description", open(event.user(), event.encryptedDescription()))
                        .and("token_hash", event.tokenHash())
                        .and("expires_at", event.expiresAt())
                        .and(
                                "scopes",
                                event.scopes() == null ? null : event.scopes().toArray(String[]::new))
                        .and("parent_session", event.parentSession())
                        .and("created", at)
                        .and("updated", at));
    }

    @EventHandler
    void on(TokenEdited event, @Timestamp Instant at) {
        rows.update(
                TABLE,
                event.token(),
                Row.with("name", open(event.user(), event.encryptedName()))
                        .and("description", open(event.user(), event.encryptedDescription()))
                        .and("updated", at));
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
        rows.update(TABLE, event.token(), Row.with("revoked", true).and("updated", at));
    }

    @EventHandler
    void on(UserErased event) {
        eraseTexts(Where.is("user_id", event.user()));
    }

    @EventHandler
    void on(OrganizationDeleted event) {
        eraseTexts(Where.is("organization", event.organization()));
    }

    private void eraseTexts(Where which) {
        rows.updateWhere(TABLE, which, Row.with("name", "").and("description", ""));
    }

    private void active(UUID token, boolean active, Instant at) {
        rows.update(TABLE, token, Row.with("active", active).and("updated", at));
    }

    /** Empty once the user is erased. */
    private String open(UUID user, @Nullable String sealed) {
        String clear = personalData.open(user, sealed);
        return clear == null ? "" : clear;
    }
}
