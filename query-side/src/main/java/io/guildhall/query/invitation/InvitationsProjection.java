package io.guildhall.query.invitation;

import io.guildhall.domain.account.events.AccountErased;
import io.guildhall.domain.account.events.FormerAddressForgotten;
import io.guildhall.domain.invitation.events.InvitationAccepted;
import io.guildhall.domain.invitation.events.InvitationDeclined;
import io.guildhall.domain.invitation.events.InvitationExpired;
import io.guildhall.domain.invitation.events.InvitationResent;
import io.guildhall.domain.invitation.events.InvitationRevoked;
import io.guildhall.domain.invitation.events.MemberInvited;
import io.guildhall.domain.kernel.PersonalData;
import io.guildhall.domain.organization.events.DeletionStarted;
import io.guildhall.query.store.Projection;
import io.guildhall.query.store.Rows;
import java.time.Instant;
import java.util.UUID;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.ResetHandler;
import org.axonframework.eventhandling.Timestamp;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Invitations. A revoked one stays for the trail, with a status that no list shows. */
@Component
@ProcessingGroup(InvitationsProjection.NAME)
class InvitationsProjection implements Projection {

    static final String NAME = "invitations";

    private final Rows rows;
    private final PersonalData personalData;

    InvitationsProjection(Rows rows, PersonalData personalData) {
        this.rows = rows;
        this.personalData = personalData;
    }

    @Override
    public String name() {
        return NAME;
    }

    @EventHandler
    void on(MemberInvited event, @Timestamp Instant at) {
        String email = personalData.open(event.invitation(), event.sealedEmail());
        rows.put(
                """
                insert into invitations (invitation, organization, email, email_hash, inviter, link, status, expires_at, created)
                values (?, ?, ?, ?, ?, ?, 'PENDING', ?, ?)
                on conflict do nothing
                """,
                event.invitation(),
                event.organization(),
                email == null ? "" : email,
                event.emailHash(),
                event.inviter(),
                event.link(),
                event.expiresAt(),
                at);
    }

    @EventHandler
    void on(InvitationResent event) {
        rows.touch(
                "update invitations set status = 'PENDING', link = ?, expires_at = ? where invitation = ?",
                event.link(),
                event.expiresAt(),
                event.invitation());
    }

    @EventHandler
    void on(InvitationAccepted event) {
        status(event.invitation(), "ACCEPTED", event.account());
    }

    @EventHandler
    void on(InvitationDeclined event) {
        status(event.invitation(), "REFUSED", event.account());
    }

    @EventHandler
    void on(InvitationExpired event) {
        status(event.invitation(), "EXPIRED", null);
    }

    @EventHandler
    void on(InvitationRevoked event) {
        rows.touch("update invitations set status = 'REVOKED' where invitation = ?", event.invitation());
    }

    /** R22: no list shows what an organization leaves behind, answered ones included. */
    @EventHandler
    void on(DeletionStarted event) {
        rows.put("update invitations set status = 'REVOKED' where organization = ?", event.organization());
    }

    /** R20: also what was sent to an address that the person has had before and answered from. */
    @EventHandler
    void on(AccountErased event) {
        rows.put(
                "update invitations set email = '' where email_hash = ? or invitee = ?",
                event.emailHash(),
                event.account());
    }

    @EventHandler
    void on(FormerAddressForgotten event) {
        rows.put("update invitations set email = '' where email_hash = ?", event.emailHash());
    }

    @ResetHandler
    void startOver() {
        rows.startOver(NAME);
    }

    private void status(UUID invitation, String status, @Nullable UUID invitee) {
        rows.touch("update invitations set status = ?, invitee = ? where invitation = ?", status, invitee, invitation);
    }
}
