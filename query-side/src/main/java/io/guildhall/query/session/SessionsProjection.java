package io.guildhall.query.session;

import io.guildhall.domain.session.SessionEvent.SessionEnded;
import io.guildhall.domain.session.SessionEvent.SessionStarted;
import io.guildhall.domain.session.SessionEvent.SignInEnded;
import io.guildhall.domain.shared.PersonalDataCipher;
import io.guildhall.domain.shared.SessionOrigin;
import io.guildhall.domain.user.UserEvent.UserErased;
import io.guildhall.infrastructure.projection.Projection;
import io.guildhall.infrastructure.projection.ProjectionWriter;
import io.guildhall.infrastructure.projection.RowCondition;
import io.guildhall.infrastructure.projection.RowValues;
import io.guildhall.infrastructure.projection.TableDefinition;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.springframework.stereotype.Component;

/** Sessions that have not ended. Expiry is no event: expired sessions are deleted when their user starts another. */
@Component
@ProcessingGroup(SessionsProjection.NAME)
class SessionsProjection implements Projection {

    static final String NAME = "sessions";

    private static final TableDefinition TABLE = TableDefinition.changed(NAME, "session", "user_id", "sign_in");

    private final ProjectionWriter projectionWriter;
    private final PersonalDataCipher personalData;

    SessionsProjection(ProjectionWriter projectionWriter, PersonalDataCipher personalData) {
        this.projectionWriter = projectionWriter;
        this.personalData = personalData;
    }

    @Override
    public TableDefinition table() {
        return TABLE;
    }

    @Override
    public int version() {
        return 2;
    }

    @Override
    public boolean endsAccess(Object event) {
        return event instanceof SessionEnded || event instanceof SignInEnded || event instanceof UserErased;
    }

    @EventHandler
    void on(SessionStarted event) {
        projectionWriter.deleteWhere(
                TABLE, RowCondition.is("user_id", event.user()).andUpTo("expires_at", event.startedAt()));
        String origin = personalData.open(event.user(), event.encryptedOrigin());
        SessionOrigin parsed = origin == null ? null : SessionOrigin.parse(origin);
        // In version 1 of the event each interactive session is its own sign-in.
        boolean firstVersion = event.signIn() == null && event.interactive();
        projectionWriter.insert(
                TABLE,
                RowValues.with("session", event.session())
                        .and("user_id", event.user())
                        .and("token_hash", event.tokenHash())
                        .and("organization", event.organization())
                        .and("session_token_id", event.sessionToken())
                        .and("address", parsed == null ? null : parsed.address())
                        .and("client", parsed == null ? null : parsed.client())
                        .and("started", event.startedAt())
                        .and("expires_at", event.expiresAt())
                        .and("interactive", event.interactive())
                        .and("sign_in", firstVersion ? event.session() : event.signIn())
                        .and("signed_in_at", firstVersion ? event.startedAt() : event.signedInAt())
                        .and("sign_in_ends_at", firstVersion ? event.expiresAt() : event.signInEndsAt())
                        .and("authenticated_at", event.authenticatedAt())
                        .and(
                                "scopes",
                                event.scopes() == null ? null : event.scopes().toArray(String[]::new)));
    }

    @EventHandler
    void on(SessionEnded event) {
        projectionWriter.delete(TABLE, event.session());
    }

    @EventHandler
    void on(SignInEnded event) {
        projectionWriter.deleteWhere(TABLE, RowCondition.is("sign_in", event.signIn()));
    }

    @EventHandler
    void on(UserErased event) {
        projectionWriter.deleteWhere(TABLE, RowCondition.is("user_id", event.user()));
    }
}
