package io.guildhall.api.mail;

import io.guildhall.domain.shared.DisplayText;
import io.guildhall.infrastructure.encryption.SignedLinkCodec;
import io.guildhall.infrastructure.outbox.mail.MailContent;
import io.guildhall.infrastructure.outbox.mail.MailContents;
import io.guildhall.infrastructure.outbox.mail.OutboxEntry;
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
import java.util.stream.Stream;
import org.axonframework.queryhandling.QueryGateway;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Finds out, at the moment of sending, to whom a mail goes, what it says, and whether it is still worth sending. */
@Component
class MailComposer implements MailContents {

    private static final DateTimeFormatter WHEN =
            DateTimeFormatter.ofPattern("EEEE, d MMMM yyyy 'at' HH:mm 'UTC'", Locale.ENGLISH);

    /** Why webhooks are disabled because of their receivers. */
    private static final Set<String> RECEIVER_REASONS = Set.of("GONE", "FAILING");

    private static final long MOST_WEBHOOKS = 100;

    private static final Set<String> KINDS =
            Stream.of(MailKind.values()).map(Enum::name).collect(Collectors.toUnmodifiableSet());

    private final QueryGateway queries;
    private final SignedLinkCodec signedLinkCodec;
    private final PublicUrl publicUrl;
    private final Templates templates;
    private final NoticeLimit limit;
    private final Clock clock;

    MailComposer(
            QueryGateway queries,
            SignedLinkCodec signedLinkCodec,
            PublicUrl publicUrl,
            Templates templates,
            NoticeLimit limit,
            Clock clock) {
        this.queries = queries;
        this.signedLinkCodec = signedLinkCodec;
        this.publicUrl = publicUrl;
        this.templates = templates;
        this.limit = limit;
        this.clock = clock;
    }

    @Override
    public Set<String> kinds() {
        return KINDS;
    }

    @Override
    public boolean allows(OutboxEntry outboxEntry, String address) {
        return limit.allows(outboxEntry, address);
    }

    /** Null when there is nobody to tell any more, or the link in the mail would not work. */
    @Override
    public @Nullable MailContent compose(OutboxEntry outboxEntry) {
        if (outboxEntry.linkExpiresAt() != null && !clock.instant().isBefore(outboxEntry.linkExpiresAt())) {
            return null;
        }
        return kind(outboxEntry).invites() ? invitation(outboxEntry) : toUser(outboxEntry);
    }

    private @Nullable MailContent invitation(OutboxEntry outboxEntry) {
        InvitationLinkView invitation = ask(new FindInvitationByLink(linkOf(outboxEntry)), InvitationLinkView.class);
        if (invitation == null || !invitation.isPending()) {
            return null;
        }
        Map<String, Object> words = words(outboxEntry);
        words.put("organization", invitation.organizationName());
        words.put("inviter", withoutUrl(invitation.inviterName()));
        words.put("email", invitation.email());
        words.put("expires", when(invitation.expiresAt()));
        return templates.render(kind(outboxEntry), invitation.email(), words);
    }

    private @Nullable MailContent toUser(OutboxEntry outboxEntry) {
        UserView user = ask(new FindUser(outboxEntry.recipient()), UserView.class);
        if (user == null || pointless(outboxEntry, user)) {
            return null;
        }
        Map<String, Object> words = words(outboxEntry);
        words.put("email", user.email());
        words.put("when", when(outboxEntry.createdAt()));
        if (outboxEntry.organizationName() != null) {
            words.put("organization", outboxEntry.organizationName());
            words.put("actor", nameOf(outboxEntry.actor()));
            words.put("byRecipient", outboxEntry.recipient().equals(outboxEntry.actor()));
        }
        if (kind(outboxEntry) == MailKind.WEBHOOK_DISABLED) {
            words.put("receivers", disabledReceivers(outboxEntry));
        }
        if (kind(outboxEntry) == MailKind.ORGANIZATION_LOCKED) {
            OrganizationView locked = organization(outboxEntry);
            words.put("reason", locked == null ? null : locked.lockReason());
        }
        if (outboxEntry.linkExpiresAt() != null) {
            words.put("expires", when(outboxEntry.linkExpiresAt()));
        }
        if (kind(outboxEntry) != MailKind.EMAIL_CHANGE && kind(outboxEntry) != MailKind.EMAIL_CHANGE_NOTICE) {
            return templates.render(kind(outboxEntry), user.email(), words);
        }
        EmailChangeView change = emailChange(outboxEntry);
        if (change == null) {
            return null;
        }
        words.put("newEmail", change.email());
        words.put("confirms", change.oldAddressConfirms());
        return templates.render(
                kind(outboxEntry), kind(outboxEntry) == MailKind.EMAIL_CHANGE ? change.email() : user.email(), words);
    }

    private static MailKind kind(OutboxEntry outboxEntry) {
        return MailKind.valueOf(outboxEntry.kind());
    }

    private boolean pointless(OutboxEntry outboxEntry, UserView user) {
        return switch (kind(outboxEntry)) {
            case EMAIL_VALIDATION -> user.emailValidated();
            case DEACTIVATION -> !canDeactivate(outboxEntry);
            case ORGANIZATION_LOCKED -> !isMember(outboxEntry) || !isLocked(outboxEntry);
            case ORGANIZATION_UNLOCKED -> !isMember(outboxEntry) || isLocked(outboxEntry);
            case WEBHOOK_DISABLED ->
                !isMember(outboxEntry) || disabledReceivers(outboxEntry).isEmpty();
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
    private @Nullable EmailChangeView emailChange(OutboxEntry outboxEntry) {
        EmailChangeView change = ask(new FindEmailChange(outboxEntry.recipient()), EmailChangeView.class);
        return change == null || !change.link().equals(outboxEntry.link()) ? null : change;
    }

    private boolean canDeactivate(OutboxEntry outboxEntry) {
        OrganizationView found = organization(outboxEntry);
        return found != null && found.status().equals("ACTIVE") && isMember(outboxEntry);
    }

    private boolean isLocked(OutboxEntry outboxEntry) {
        OrganizationView found = organization(outboxEntry);
        return found != null && found.status().equals("LOCKED");
    }

    private @Nullable OrganizationView organization(OutboxEntry outboxEntry) {
        return outboxEntry.organization() == null
                ? null
                : ask(new FindOrganization(outboxEntry.organization()), OrganizationView.class);
    }

    private boolean isMember(OutboxEntry outboxEntry) {
        return membership(outboxEntry) != null;
    }

    private @Nullable MembershipView membership(OutboxEntry outboxEntry) {
        return outboxEntry.organization() == null
                ? null
                : ask(new FindMembership(outboxEntry.organization(), outboxEntry.recipient()), MembershipView.class);
    }

    /** The hosts of the webhooks that are disabled because of their receivers: an address as a whole may hold a secret. */
    private String disabledReceivers(OutboxEntry outboxEntry) {
        UUID organization = outboxEntry.organization();
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

    private Map<String, Object> words(OutboxEntry outboxEntry) {
        Map<String, Object> words = new HashMap<>();
        words.put("home", publicUrl.value().toString());
        if (outboxEntry.link() != null) {
            words.put(
                    "link",
                    kind(outboxEntry) == MailKind.DEACTIVATION
                            ? deactivationLink(outboxEntry)
                            : link(kind(outboxEntry), outboxEntry.link()));
        }
        return words;
    }

    private String link(MailKind kind, UUID link) {
        return switch (kind) {
            case EMAIL_VALIDATION -> link("/account/validate/", SignedLinkCodec.VALIDATE, link);
            case EMAIL_CHANGE -> link("/account/email-change/", SignedLinkCodec.EMAIL_CHANGE_NEW, link);
            case EMAIL_CHANGE_NOTICE -> link("/account/email-change/", SignedLinkCodec.EMAIL_CHANGE_OLD, link);
            case PASSWORD_RESET -> link("/account/reset-password/", SignedLinkCodec.RESET, link);
            case INVITATION, INVITATION_RESENT ->
                link("/account/organization_invitations/", SignedLinkCodec.INVITATION, link);
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
    private String deactivationLink(OutboxEntry outboxEntry) {
        MembershipView membership = membership(outboxEntry);
        if (membership == null) {
            throw new IllegalStateException("The recipient is no member any more");
        }
        return publicUrl.value() + "/organization/deactivate/confirm/"
                + signedLinkCodec.urlId(SignedLinkCodec.DEACTIVATE, linkOf(outboxEntry), membership.membership());
    }

    private String link(String path, String purpose, UUID link) {
        return publicUrl.value() + path + signedLinkCodec.urlId(purpose, link);
    }

    private static UUID linkOf(OutboxEntry outboxEntry) {
        if (outboxEntry.link() == null) {
            throw new IllegalStateException("A mail of kind %s without a link".formatted(kind(outboxEntry)));
        }
        return outboxEntry.link();
    }

    private <T> @Nullable T ask(Object question, Class<T> answer) {
        return queries.query(question, answer).join();
    }

    private static String when(Instant instant) {
        return WHEN.format(instant.atOffset(ZoneOffset.UTC));
    }
}
