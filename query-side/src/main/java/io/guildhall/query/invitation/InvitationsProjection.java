package io.guildhall.query.invitation;

import io.guildhall.domain.invitation.InvitationEvent.InvitationAccepted;
import io.guildhall.domain.invitation.InvitationEvent.InvitationDeclined;
import io.guildhall.domain.invitation.InvitationEvent.InvitationExpired;
import io.guildhall.domain.invitation.InvitationEvent.InvitationResent;
import io.guildhall.domain.invitation.InvitationEvent.InvitationRevoked;
import io.guildhall.domain.invitation.InvitationEvent.MemberInvited;
import io.guildhall.domain.organization.OrganizationEvent.DeletionStarted;
import io.guildhall.domain.organization.OrganizationEvent.OrganizationDeleted;
import io.guildhall.domain.shared.PersonalDataCipher;
import io.guildhall.domain.user.UserEvent.FormerEmailErased;
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

/** Invitations. A revoked one stays for the trail and is not listed. */
@Component
@ProcessingGroup(InvitationsProjection.NAME)
class InvitationsProjection implements Projection {

    static final String NAME = "invitations";

    private static final TableDefinition TABLE =
            TableDefinition.changed(NAME, "invitation", "organization", "email_hash", "invitee");

    private final ProjectionWriter projectionWriter;
    private final PersonalDataCipher personalData;

    InvitationsProjection(ProjectionWriter projectionWriter, PersonalDataCipher personalData) {
        this.projectionWriter = projectionWriter;
        this.personalData = personalData;
    }

    @Override
    public TableDefinition table() {
        return TABLE;
    }

    @EventHandler
    void on(MemberInvited event, @Timestamp Instant at) {
        String email = personalData.open(event.invitation(), event.encryptedEmail());
        projectionWriter.insert(
                TABLE,
                RowValues.with("invitation", event.invitation())
                        .and("organization", event.organization())
                        .and("email", email == null ? "" : email)
                        .and("email_hash", event.emailHash())
                        .and("inviter", event.inviter())
                        .and("link", event.link())
                        .and("status", "PENDING")
                        .and("expires_at", event.expiresAt())
                        .and("created", at));
    }

    @EventHandler
    void on(InvitationResent event) {
        projectionWriter.update(
                TABLE,
                event.invitation(),
                RowValues.with("status", "PENDING").and("link", event.link()).and("expires_at", event.expiresAt()));
    }

    @EventHandler
    void on(InvitationAccepted event) {
        status(event.invitation(), "ACCEPTED", event.user());
    }

    @EventHandler
    void on(InvitationDeclined event) {
        status(event.invitation(), "REFUSED", event.user());
    }

    @EventHandler
    void on(InvitationExpired event) {
        status(event.invitation(), "EXPIRED", null);
    }

    @EventHandler
    void on(InvitationRevoked event) {
        projectionWriter.update(TABLE, event.invitation(), RowValues.with("status", "REVOKED"));
    }

    /** Hides all invitations of a deleted organization, including answered ones (R22: deletion removes invitations). */
    @EventHandler
    void on(DeletionStarted event) {
        projectionWriter.updateWhere(
                TABLE,
                RowCondition.is("organization", event.organization()).andIsNot("status", "REVOKED"),
                RowValues.with("status", "REVOKED"));
    }

    @EventHandler
    void on(OrganizationDeleted event) {
        projectionWriter.updateWhere(
                TABLE, RowCondition.is("organization", event.organization()), RowValues.with("email", ""));
    }

    /** Also erases invitations that the user answered under a former address (R20: erasing removes personal data). */
    @EventHandler
    void on(UserErased event) {
        projectionWriter.updateWhere(
                TABLE, RowCondition.is("email_hash", event.emailHash()), RowValues.with("email", ""));
        projectionWriter.updateWhere(TABLE, RowCondition.is("invitee", event.user()), RowValues.with("email", ""));
    }

    @EventHandler
    void on(FormerEmailErased event) {
        projectionWriter.updateWhere(
                TABLE, RowCondition.is("email_hash", event.emailHash()), RowValues.with("email", ""));
    }

    private void status(UUID invitation, String status, @Nullable UUID invitee) {
        projectionWriter.update(
                TABLE, invitation, RowValues.with("status", status).and("invitee", invitee));
    }
}
