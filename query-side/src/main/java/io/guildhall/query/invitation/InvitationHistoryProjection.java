package io.guildhall.query.invitation;

import io.guildhall.domain.invitation.InvitationEvent;
import io.guildhall.domain.invitation.InvitationEvent.InvitationAccepted;
import io.guildhall.domain.invitation.InvitationEvent.InvitationDeclined;
import io.guildhall.domain.invitation.InvitationEvent.InvitationExpired;
import io.guildhall.domain.invitation.InvitationEvent.InvitationResent;
import io.guildhall.domain.invitation.InvitationEvent.InvitationRevoked;
import io.guildhall.domain.invitation.InvitationEvent.MemberInvited;
import io.guildhall.infrastructure.projection.Projection;
import io.guildhall.infrastructure.projection.ProjectionWriter;
import io.guildhall.infrastructure.projection.RowValues;
import io.guildhall.infrastructure.projection.TableDefinition;
import io.guildhall.infrastructure.projection.TrailSequence;
import java.time.Instant;
import java.util.UUID;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventHandler;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The past states of invitations, one row per event. Contains identifiers only; addresses are in {@code invitations}.
 */
@Component
@ProcessingGroup(InvitationHistoryProjection.NAME)
class InvitationHistoryProjection implements Projection {

    static final String NAME = "invitation_states";

    private static final TableDefinition TABLE = TableDefinition.added(NAME, "organization", "sequence");

    private final ProjectionWriter projectionWriter;

    InvitationHistoryProjection(ProjectionWriter projectionWriter) {
        this.projectionWriter = projectionWriter;
    }

    @Override
    public TableDefinition table() {
        return TABLE;
    }

    @EventHandler
    void on(InvitationEvent event, DomainEventMessage<?> message) {
        switch (event) {
            case MemberInvited it -> add(it, it.invitation(), "PENDING", it.expiresAt(), null, message);
            case InvitationResent it -> add(it, it.invitation(), "PENDING", it.expiresAt(), null, message);
            case InvitationAccepted it -> add(it, it.invitation(), "ACCEPTED", null, it.user(), message);
            case InvitationDeclined it -> add(it, it.invitation(), "REFUSED", null, it.user(), message);
            case InvitationExpired it -> add(it, it.invitation(), "EXPIRED", null, null, message);
            case InvitationRevoked it -> add(it, it.invitation(), "REVOKED", null, null, message);
        }
    }

    private void add(
            InvitationEvent event,
            UUID invitation,
            String status,
            @Nullable Instant expiresAt,
            @Nullable UUID invitee,
            DomainEventMessage<?> message) {
        projectionWriter.insert(
                TABLE,
                RowValues.with("organization", event.organization())
                        .and("sequence", TrailSequence.column(message))
                        .and("invitation", invitation)
                        .and("at", message.getTimestamp())
                        .and("status", status)
                        .and("expires_at", expiresAt)
                        .and("invitee", invitee));
    }
}
