package io.guildhall.api.mail;

import io.guildhall.api.secret.Links;
import io.guildhall.domain.shared.DisplayText;
import io.guildhall.query.invitation.FindInvitationByLink;
import io.guildhall.query.invitation.InvitationLinkView;
import io.guildhall.query.membership.FindMembership;
import io.guildhall.query.membership.MembershipView;
import io.guildhall.query.organization.FindOrganization;
import io.guildhall.query.organization.OrganizationView;
import io.guildhall.query.user.EmailChangeView;
import io.guildhall.query.user.FindEmailChange;
import io.guildhall.query.user.FindUser;
import io.guildhall.query.user.PublicUrl;
import io.guildhall.query.user.UserView;
import io.guildhall.query.webhook.ListWebhooks;
import io.guildhall.query.webhook.WebhookPage;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.axonframework.queryhandling.QueryGateway;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Finds out, at the moment of sending, to whom a mail goes, what it says, and whether it is still worth sending. */
@Component
class Letters {

    private static final DateTimeFormatter WHEN =
            DateTimeFormatter.ofPattern("EEEE, d MMMM yyyy 'at' HH:mm 'UTC'", Locale.ENGLISH);

    /** Why webhooks are disabled because of their receivers. */
    private static final Set<String> RECEIVER_REASONS = Set.of("GONE", "FAILING");

    private static final long MOST_WEBHOOKS = 100;

    private final QueryGateway queries;
    private final Links links;
    private final PublicUrl publicUrl;
    private final Clock clock;

    Letters(QueryGateway queries, Links links, PublicUrl publicUrl, Clock clock) {
        this.queries = queries;
        this.links = links;
        this.publicUrl = publicUrl;
        this.clock = clock;
    }

    /** Null when there is nobody to tell any more, or the link in the mail would not work. */
    @Nullable Letter compose(Mail mail) {
        if (mail.linkExpiresAt() != null && !clock.instant().isBefore(mail.linkExpiresAt())) {
            return null;
        }
        return mail.kind().invites() ? invitation(mail) : toUser(mail);
    }

    private @Nullable Letter invitation(Mail mail) {
        InvitationLinkView invitation = ask(new FindInvitationByLink(linkOf(mail)), InvitationLinkView.class);
        if (invitation == null || !invitation.isPending()) {
            return null;
        }
        Map<String, Object> words = words(mail);
        words.put("organization", invitation.organizationName());
        words.put("inviter", withoutUrl(invitation.inviterName()));
        words.put("email", invitation.email());
        words.put("expires", when(invitation.expiresAt()));
        return new Letter(mail.kind(), invitation.email(), words);
    }

    private @Nullable Letter toUser(Mail mail) {
        UserView user = ask(new FindUser(mail.recipient()), UserView.class);
        if (user == null || pointless(mail, user)) {
            return null;
        }
        Map<String, Object> words = words(mail);
        words.put("email", user.email());
        words.put("when", when(mail.createdAt()));
        if (mail.organizationName() != null) {
            words.put("organization", mail.organizationName());
            words.put("actor", nameOf(mail.actor()));
            words.put("byRecipient", mail.recipient().equals(mail.actor()));
        }
        if (mail.kind() == MailKind.WEBHOOK_DISABLED) {
            words.put("receivers", disabledReceivers(mail));
        }
        if (mail.kind() == MailKind.ORGANIZATION_LOCKED) {
            OrganizationView locked = organization(mail);
            words.put("reason", locked == null ? null : locked.lockReason());
        }
        if (mail.linkExpiresAt() != null) {
            words.put("expires", when(mail.linkExpiresAt()));
        }
        if (mail.kind() != MailKind.EMAIL_CHANGE && mail.kind() != MailKind.EMAIL_CHANGE_NOTICE) {
            return new Letter(mail.kind(), user.email(), words);
        }
        EmailChangeView change = emailChange(mail);
        if (change == null) {
            return null;
        }
        words.put("newEmail", change.email());
        words.put("confirms", change.oldAddressConfirms());
        return new Letter(mail.kind(), mail.kind() == MailKind.EMAIL_CHANGE ? change.email() : user.email(), words);
    }

    private boolean pointless(Mail mail, UserView user) {
        return switch (mail.kind()) {
            case EMAIL_VALIDATION -> user.emailValidated();
            case DEACTIVATION -> !canDeactivate(mail);
            case ORGANIZATION_LOCKED -> !isMember(mail) || !isLocked(mail);
            case ORGANIZATION_UNLOCKED -> !isMember(mail) || isLocked(mail);
            case WEBHOOK_DISABLED -> !isMember(mail) || disabledReceivers(mail).isEmpty();
            case EMAIL_CHANGE,
                    EMAIL_CHANGE_NOTICE,
                    INVITATION,
                    INVITATION_RESENT,
                    PASSWORD_RESET,
                    PASSWORD_CHANGED,
                    MEMBER_REMOVED,
                    ORGANIZATION_DELETED -> false;
        };
    }

    /** The change that the mail is about, or null when it no longer waits. */
    private @Nullable EmailChangeView emailChange(Mail mail) {
        EmailChangeView change = ask(new FindEmailChange(mail.recipient()), EmailChangeView.class);
        return change == null || !change.link().equals(mail.link()) ? null : change;
    }

    private boolean canDeactivate(Mail mail) {
        OrganizationView found = organization(mail);
        return found != null && found.status().equals("ACTIVE") && isMember(mail);
    }

    private boolean isLocked(Mail mail) {
        OrganizationView found = organization(mail);
        return found != null && found.status().equals("LOCKED");
    }

    private @Nullable OrganizationView organization(Mail mail) {
        return mail.organization() == null
                ? null
                : ask(new FindOrganization(mail.organization()), OrganizationView.class);
    }

    private boolean isMember(Mail mail) {
        return membership(mail) != null;
    }

    private @Nullable MembershipView membership(Mail mail) {
        return mail.organization() == null
                ? null
                : ask(new FindMembership(mail.organization(), mail.recipient()), MembershipView.class);
    }

    /** The hosts of the webhooks that are disabled because of their receivers: an address as a whole may hold a secret. */
    private String disabledReceivers(Mail mail) {
        UUID organization = mail.organization();
        WebhookPage page =
                organization == null ? null : ask(new ListWebhooks(organization, MOST_WEBHOOKS, 0), WebhookPage.class);
        return page == null
                ? ""
                : page.webhooks().stream()
                        .filter(it -> it.disabledReason() != null && RECEIVER_REASONS.contains(it.disabledReason()))
                        .map(it -> String.valueOf(URI.create(it.url()).getHost()))
                        .distinct()
                        .collect(Collectors.joining(", "));
    }

    private String nameOf(@Nullable UUID actor) {
        UserView user = actor == null ? null : ask(new FindUser(actor), UserView.class);
        return withoutUrl(user == null ? null : user.name());
    }

    /** Someone else's name, unless a mail program could show part of it as a link: the recipient would take it for Guildhall's. */
    private static String withoutUrl(@Nullable String name) {
        return name == null || DisplayText.mayContainUrl(name) ? "A member" : name;
    }

    private Map<String, Object> words(Mail mail) {
        Map<String, Object> words = new HashMap<>();
        words.put("home", publicUrl.value().toString());
        if (mail.link() != null) {
            words.put(
                    "link",
                    mail.kind() == MailKind.DEACTIVATION ? deactivationLink(mail) : link(mail.kind(), mail.link()));
        }
        return words;
    }

    private String link(MailKind kind, UUID link) {
        return switch (kind) {
            case EMAIL_VALIDATION -> link("/account/validate/", Links.VALIDATE, link);
            case EMAIL_CHANGE -> link("/account/email-change/", Links.EMAIL_CHANGE_NEW, link);
            case EMAIL_CHANGE_NOTICE -> link("/account/email-change/", Links.EMAIL_CHANGE_OLD, link);
            case PASSWORD_RESET -> link("/account/reset-password/", Links.RESET, link);
            case INVITATION, INVITATION_RESENT -> link("/account/organization_invitations/", Links.INVITATION, link);
            case DEACTIVATION -> throw new IllegalArgumentException(kind + " has a link for each recipient");
            case PASSWORD_CHANGED,
                    MEMBER_REMOVED,
                    ORGANIZATION_DELETED,
                    WEBHOOK_DISABLED,
                    ORGANIZATION_LOCKED,
                    ORGANIZATION_UNLOCKED -> throw new IllegalArgumentException(kind + " has no link");
        };
    }

    /** Contains the membership of the recipient, with which it ends. */
    private String deactivationLink(Mail mail) {
        MembershipView membership = membership(mail);
        if (membership == null) {
            throw new IllegalStateException("The recipient is no member any more");
        }
        return publicUrl.value() + "/organization/deactivate/confirm/"
                + links.urlId(Links.DEACTIVATE, linkOf(mail), membership.membership());
    }

    private String link(String path, String purpose, UUID link) {
        return publicUrl.value() + path + links.urlId(purpose, link);
    }

    private static UUID linkOf(Mail mail) {
        if (mail.link() == null) {
            throw new IllegalStateException("A mail of kind %s without a link".formatted(mail.kind()));
        }
        return mail.link();
    }

    private <T> @Nullable T ask(Object question, Class<T> answer) {
        return queries.query(question, answer).join();
    }

    private static String when(Instant instant) {
        return WHEN.format(instant.atOffset(ZoneOffset.UTC));
    }
}
