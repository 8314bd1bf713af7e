package io.guildhall.query.token;

import io.guildhall.domain.organization.OrganizationEvent.OrganizationDeleted;
import io.guildhall.domain.shared.PersonalDataCipher;
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
import java.time.Instant;
import java.util.UUID;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.Timestamp;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * API tokens. A revoked one stays for the trail and is not listed. {@link TokenUsageRecorder} records their last use.
 */
@Component
@ProcessingGroup(TokensProjection.NAME)
class TokensProjection implements Projection {

    static final String NAME = "tokens";

    private static final TableDefinition TABLE = TableDefinition.changed(NAME, "token", "user_id", "organization");

    private final ProjectionWriter projectionWriter;
    private final PersonalDataCipher personalData;

    TokensProjection(ProjectionWriter projectionWriter, PersonalDataCipher personalData) {
        this.personalData = personalData;
        this.projectionWriter = projectionWriter;
    }

    @Override
    public TableDefinition table() {
        return TABLE;
    }

    @Override
    public boolean endsAccess(Object event) {
        return event instanceof TokenDeactivated || event instanceof TokenRevoked;
    }

    @EventHandler
    void on(TokenIssued event, @Timestamp Instant at) {
        projectionWriter.insert(
                TABLE,
                RowValues.with("token", event.token())
                        .and("organization", event.organization())
                        .and("user_id", event.user())
                        .and("type", event.type())
                        .and("name", decrypt(event.user(), event.encryptedName()))
                        .and("description", decrypt(event.user(), event.encryptedDescription()))
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
        projectionWriter.update(
                TABLE,
                event.token(),
                RowValues.with("name", decrypt(event.user(), event.encryptedName()))
                        .and("description", decrypt(event.user(), event.encryptedDescription()))
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
        projectionWriter.update(
                TABLE, event.token(), RowValues.with("revoked", true).and("updated", at));
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
                TABLE, condition, RowValues.with("name", "").and("description", ""));
    }

    private void active(UUID token, boolean active, Instant at) {
        projectionWriter.update(TABLE, token, RowValues.with("active", active).and("updated", at));
    }

    /** Returns an empty text if the user is erased. */
    private String decrypt(UUID user, @Nullable String encrypted) {
        String clear = personalData.open(user, encrypted);
        return clear == null ? "" : clear;
    }
}
