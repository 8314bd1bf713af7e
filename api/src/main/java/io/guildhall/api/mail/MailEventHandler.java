package io.guildhall.api.mail;

import io.guildhall.domain.invitation.InvitationEvent.InvitationResent;
import io.guildhall.domain.invitation.InvitationEvent.MemberInvited;
import io.guildhall.domain.membership.MembershipEvent.MemberRemoved;
import io.guildhall.domain.organization.OrganizationEvent.DeactivationCanceled;
import io.guildhall.domain.organization.OrganizationEvent.DeactivationRequested;
import io.guildhall.domain.organization.OrganizationEvent.OrganizationLocked;
import io.guildhall.domain.organization.OrganizationEvent.OrganizationUnlocked;
import io.guildhall.domain.shared.ActorContext;
import io.guildhall.domain.user.UserEvent.EmailChangeRequested;
import io.guildhall.domain.user.UserEvent.EmailValidationRequested;
import io.guildhall.domain.user.UserEvent.PasswordResetRequested;
import io.guildhall.domain.user.UserEvent.PasswordSet;
import io.guildhall.domain.webhook.WebhookEvent.WebhookDisabled;
import io.guildhall.infrastructure.outbox.mail.MailOutboxWorker;
import io.guildhall.infrastructure.projection.ProjectionWriter;
import java.time.Instant;
import java.util.UUID;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.DisallowReplay;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Notes which mails are to be sent, in the transaction of the event that causes them: what is stored is told, what is not is
 * not. A newer mail takes the place of an older one that still waits, since its link no longer works.
 *
 * <p>Events that are delivered again note nothing again, and this group takes no part in rebuilds.
 */
@Component
@ProcessingGroup(MailEventHandler.NAME)
@DisallowReplay
class MailEventHandler {

    static final String NAME = "mail";

    private static final String NOTE = """
            with superseded as (
                update mails set done_at = now(), outcome = 'DROPPED'
                where outcome is null and recipient = ? and kind in (?, ?) and created_at < ?)
            insert into mails (event_id, created_at, kind, recipient_kind, recipient, organization, actor, link, link_expires_at)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (event_id, recipient, kind) do nothing
            """;

    private static final String NOTE_OF_ORGANIZATION = """
            insert into mails (event_id, created_at, kind, recipient_kind, recipient, organization, organization_name, actor)
            select ?, ?, ?, 'user', ?, organization, name, ? from organizations where organization = ?
            on conflict (event_id, recipient, kind) do nothing
            """;

    private static final String NOTE_TO_MEMBERS = """
            with superseded as (
                update mails set done_at = now(), outcome = 'DROPPED'
                where done_at is null and kind = 'DEACTIVATION' and organization = ? and created_at < ?)
            insert into mails (
                event_id, created_at, kind, recipient_kind, recipient, organization, organization_name, actor, link, link_expires_at)
            select ?, ?, 'DEACTIVATION', 'user', m.user_id, o.organization, o.name, ?, ?, ?
            from organizations o join members m on m.organization = o.organization
            where o.organization = ? and m.ended is null
            on conflict (event_id, recipient, kind) do nothing
            """;

    private static final String DROP_OF_DEACTIVATION = """
            update mails set done_at = now(), outcome = 'DROPPED'
            where done_at is null and kind = 'DEACTIVATION' and organization = ? and created_at < ?
            """;

    private static final String NOTE_TO_ALL_MEMBERS = """
            insert into mails (event_id, created_at, kind, recipient_kind, recipient, organization, organization_name)
            select ?, ?, ?, 'user', m.user_id, o.organization, o.name
            from organizations o join members m on m.organization = o.organization
            where o.organization = ? and m.ended is null
            on conflict (event_id, recipient, kind) do nothing
            """;

    private final ProjectionWriter projectionWriter;
    private final MailOutboxWorker worker;

    MailEventHandler(ProjectionWriter projectionWriter, MailOutboxWorker worker) {
        this.projectionWriter = projectionWriter;
        this.worker = worker;
    }

    @EventHandler
    void on(EmailValidationRequested event, EventMessage<?> message) {
        note(message, MailKind.EMAIL_VALIDATION, event.user(), null, event.link(), event.expiresAt());
    }

    /** To the new address, which proves it, and to the old one, which can cancel. */
    @EventHandler
    void on(EmailChangeRequested event, EventMessage<?> message) {
        note(message, MailKind.EMAIL_CHANGE, event.user(), null, event.link(), event.expiresAt());
        note(message, MailKind.EMAIL_CHANGE_NOTICE, event.user(), null, event.link(), event.expiresAt());
    }

    @EventHandler
    void on(PasswordResetRequested event, EventMessage<?> message) {
        note(message, MailKind.PASSWORD_RESET, event.user(), null, event.link(), event.expiresAt());
    }

    /** Whoever did not do this should know. It also ends what a reset that was asked for before is good for. */
    @EventHandler
    void on(PasswordSet event, EventMessage<?> message) {
        if (!event.reason().equals("SIGN_UP")) {
            note(message, MailKind.PASSWORD_CHANGED, event.user(), null, null, null);
        }
    }

    @EventHandler
    void on(MemberInvited event, EventMessage<?> message) {
        note(message, MailKind.INVITATION, event.invitation(), event.organization(), event.link(), event.expiresAt());
    }

    @EventHandler
    void on(InvitationResent event, EventMessage<?> message) {
        note(
                message,
                MailKind.INVITATION_RESENT,
                event.invitation(),
                event.organization(),
                event.link(),
                event.expiresAt());
    }

    /**
     * The system removes members only of organizations that are being deleted (R22), an operator only whom it erases (R20), who has
     * no address any more.
     */
    @EventHandler
    void on(MemberRemoved event, EventMessage<?> message) {
        ActorContext actor = ActorContext.from(message.getMetaData());
        if (actor.type() == ActorContext.Type.OPERATOR) {
            return;
        }
        MailKind kind =
                actor.type() == ActorContext.Type.SYSTEM ? MailKind.ORGANIZATION_DELETED : MailKind.MEMBER_REMOVED;
        projectionWriter.put(
                NOTE_OF_ORGANIZATION,
                id(message),
                message.getTimestamp(),
                kind.name(),
                event.user(),
                actor.user(),
                event.organization());
        nudge();
    }

    /** R21: to every member. */
    @EventHandler
    void on(DeactivationRequested event, EventMessage<?> message) {
        projectionWriter.put(
                NOTE_TO_MEMBERS,
                event.organization(),
                message.getTimestamp(),
                id(message),
                message.getTimestamp(),
                ActorContext.from(message.getMetaData()).user(),
                event.link(),
                event.expiresAt(),
                event.organization());
        nudge();
    }

    /** The link in the mails that still wait no longer works. */
    @EventHandler
    void on(DeactivationCanceled event, EventMessage<?> message) {
        projectionWriter.put(DROP_OF_DEACTIVATION, event.organization(), message.getTimestamp());
    }

    /** To every member, unless a member did it. */
    @EventHandler
    void on(WebhookDisabled event, EventMessage<?> message) {
        if (ActorContext.from(message.getMetaData()).type() == ActorContext.Type.SYSTEM) {
            noteToMembers(message, MailKind.WEBHOOK_DISABLED, event.organization());
        }
    }

    @EventHandler
    void on(OrganizationLocked event, EventMessage<?> message) {
        noteToMembers(message, MailKind.ORGANIZATION_LOCKED, event.organization());
    }

    @EventHandler
    void on(OrganizationUnlocked event, EventMessage<?> message) {
        noteToMembers(message, MailKind.ORGANIZATION_UNLOCKED, event.organization());
    }

    private void noteToMembers(EventMessage<?> message, MailKind kind, UUID organization) {
        projectionWriter.put(NOTE_TO_ALL_MEMBERS, id(message), message.getTimestamp(), kind.name(), organization);
        nudge();
    }

    private void note(
            EventMessage<?> message,
            MailKind kind,
            UUID recipient,
            @Nullable UUID organization,
            @Nullable UUID link,
            @Nullable Instant expiresAt) {
        projectionWriter.put(
                NOTE,
                recipient,
                kind.name(),
                kind.supersedes().name(),
                message.getTimestamp(),
                id(message),
                message.getTimestamp(),
                kind.name(),
                kind.invites() ? "invitation" : "user",
                recipient,
                organization,
                ActorContext.from(message.getMetaData()).user(),
                link,
                expiresAt);
        nudge();
    }

    private static UUID id(EventMessage<?> message) {
        return UUID.fromString(message.getIdentifier());
    }

    private void nudge() {
        CurrentUnitOfWork.get().root().afterCommit(work -> worker.trigger());
    }
}
