package io.guildhall.api.mail;

import java.util.Locale;

/** Each has a template for the plain text, which begins with the subject, and one for the HTML. */
enum MailKind {
    EMAIL_VALIDATION,
    EMAIL_CHANGE,
    EMAIL_CHANGE_NOTICE,
    INVITATION,
    INVITATION_RESENT,
    PASSWORD_RESET,
    PASSWORD_CHANGED,
    MEMBER_REMOVED,
    DEACTIVATION,
    ORGANIZATION_DELETED,
    WEBHOOK_DISABLED,
    ORGANIZATION_LOCKED,
    ORGANIZATION_UNLOCKED;

    /** As files are named for it. */
    String slug() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The recipient is an invitation, not a user. */
    boolean invites() {
        return this == INVITATION || this == INVITATION_RESENT;
    }

    /** Nobody asked for the mail, or not its recipient alone: it goes to people because of what happened. */
    boolean isNotice() {
        return switch (this) {
            case PASSWORD_CHANGED,
                    MEMBER_REMOVED,
                    DEACTIVATION,
                    ORGANIZATION_DELETED,
                    WEBHOOK_DISABLED,
                    ORGANIZATION_LOCKED,
                    ORGANIZATION_UNLOCKED -> true;
            case EMAIL_VALIDATION, EMAIL_CHANGE, EMAIL_CHANGE_NOTICE, INVITATION, INVITATION_RESENT, PASSWORD_RESET ->
                false;
        };
    }

    /** The kind, beside itself, of which a waiting mail to the same recipient is pointless once there is one of this. */
    MailKind supersedes() {
        return switch (this) {
            case INVITATION_RESENT -> INVITATION;
            case PASSWORD_CHANGED -> PASSWORD_RESET;
            default -> this;
        };
    }
}
