package io.guildhall.query.token;

import io.guildhall.domain.organization.OrganizationEvent.OrganizationDeleted;
import io.guildhall.domain.shared.PersonalDataCipher;
import io.guildhall.domain.token.TokenEvent;
import io.guildhall.domain.token.TokenEvent.TokenDeactivated;
import io.guildhall.domain.token.TokenEvent.TokenEdited;
import io.guildhall.domain.token.TokenEvent.TokenIssued;
import io.guildhall.domain.token.TokenEvent.TokenReactivated;
import io.guildhall.domain.token.TokenEvent.TokenRevoked;
import io.guildhall.domain.user.UserEvent.UserErased;
import io.guildhall.infrastructure.projection.Projection;
import io.guildhall.infrastructure.projection.ProjectionWriter;
import io.guildhall.infrastructure.projection.RowCondition;
import io.guildhall.infrastructure.projection.RowValues;
import io.guildhall.infrastructure.projection.TableDefinition;
import io.guildhall.infrastructure.projection.TrailSequence;
import java.util.UUID;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventHandler;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The past states of API tokens, one row per event; null for what an event does not change. */
@Component
@ProcessingGroup(TokenHistoryProjection.NAME)
class TokenHistoryProjection implements Projection {

    static final String NAME = "token_states";

    private static final TableDefinition TABLE = TableDefinition.changed(NAME, "event", "user_id", "organization");

    private final ProjectionWriter projectionWriter;
    private final PersonalDataCipher personalData;

    TokenHistoryProjection(ProjectionWriter projectionWriter, PersonalDataCipher personalData) {
        this.personalData = personalData;
        this.projectionWriter = projectionWriter;
    }

    @Override
    public TableDefinition table() {
        return TABLE;
    }

    @EventHandler
    void on(TokenEvent event, DomainEventMessage<?> message) {
        switch (event) {
            case TokenIssued it ->
                add(
                        it,
                        personalData.open(it.user(), it.encryptedName()),
                        personalData.open(it.user(), it.encryptedDescription()),
                        true,
                        false,
                        message);
            case TokenEdited it ->
                add(
                        it,
                        personalData.open(it.user(), it.encryptedName()),
                        personalData.open(it.user(), it.encryptedDescription()),
                        null,
                        null,
                        message);
            case TokenDeactivated it -> add(it, null, null, false, null, message);
            case TokenReactivated it -> add(it, null, null, true, null, message);
            case TokenRevoked it -> add(it, null, null, null, true, message);
        }
    }

    @EventHandler
    void on(UserErased event) {
        eraseTexts(RowCondition.is("user_id", event.user()));
    }

    @EventHandler
    void on(OrganizationDeleted event) {
        eraseTexts(RowCondition.is("organization", event.organization()));
    }

    private void eraseTexts(RowCondition condition) {
        projectionWriter.updateWhere(
                TABLE, condition, RowValues.with("name", null).and("description", null));
    }

    private void add(
            TokenEvent event,
            @Nullable String name,
            @Nullable String description,
            @Nullable Boolean active,
            @Nullable Boolean revoked,
            DomainEventMessage<?> message) {
        projectionWriter.insert(
                TABLE,
                RowValues.with("event", UUID.fromString(message.getIdentifier()))
                        .and("organization", event.organization())
                        .and("sequence", TrailSequence.column(message))
                        .and("token", event.token())
                        .and("user_id", event.user())
                        .and("at", message.getTimestamp())
                        .and("name", name)
                        .and("description", description)
                        .and("active", active)
                        .and("revoked", revoked));
    }
}
