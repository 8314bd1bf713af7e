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

/** Invitations. A revoked one stays for the trail, with a status that no list shows. */
@Component
@ProcessingGroup(InvitationsProjection.NAME)
class InvitationsProjection implements Projection {

    static final String NAME = "invitations";

    private static final Table TABLE = Table.changed(NAME, "invitation", "organization", "email_hash", "invitee");

    private final Rows rows;
    private final PersonalDataCipher personalData;

    InvitationsProjection(Rows rows, PersonalDataCipher personalData) {
        this.rows = rows;
        this.personalData = personalData;
    }

    @Override
    public Table table() {
        return TABLE;
    }

    @EventHandler
    void on(MemberInvited event, @Timestamp Instant at) {
        String email = personalData.open(event.invitation(), event.encryptedEmail());
        rows.insert(
                TABLE,
                Row.with("invitation", event.invitation())
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
        rows.update(
                TABLE,
                event.invitation(),
                Row.with("status", "PENDING").and("link", event.link()).and("expires_at", event.expiresAt()));
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
        rows.update(TABLE, event.invitation(), Row.with("status", "REVOKED"));
    }

    /** R22: no list shows what an organization leaves behind, answered ones included. */
    @EventHandler
    void on(DeletionStarted event) {
        rows.updateWhere(
                TABLE,
                Where.is("organization", event.organization()).andIsNot("status", "REVOKED"),
                Row.with("status", "REVOKED"));
    }

    @EventHandler
    void on(OrganizationDeleted event) {
        rows.updateWhere(TABLE, Where.is("organization", event.organization()), Row.with("email", ""));
    }

    /** R20: also what was sent to an address that the person has had before and answered from. */
    @EventHandler
    void on(UserErased event) {
        rows.updateWhere(TABLE, Where.is("email_hash", event.emailHash()), Row.with("email", ""));
        rows.updateWhere(TABLE, Where.is("invitee", event.user()), Row.with("email", ""));
    }

    @EventHandler
    void on(FormerEmailErased event) {
        rows.updateWhere(TABLE, Where.is("email_hash", event.emailHash()), Row.with("email", ""));
    }

    private void status(UUID invitation, String status, @Nullable UUID invitee) {
        rows.update(TABLE, invitation, Row.with("status", status).and("invitee", invitee));
    }
}
