package io.guildhall.domain.webhook;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import io.guildhall.domain.shared.DisplayText;
import io.guildhall.domain.shared.DomainRejectionException;
import io.guildhall.domain.shared.PersonalDataCipher;
import io.guildhall.domain.shared.RecentIds;
import io.guildhall.domain.webhook.WebhookCommand.ChangeWebhook;
import io.guildhall.domain.webhook.WebhookCommand.CreateWebhook;
import io.guildhall.domain.webhook.WebhookEvent.WebhookChanged;
import io.guildhall.domain.webhook.WebhookEvent.WebhookCreated;
import io.guildhall.domain.webhook.WebhookEvent.WebhookDeleted;
import io.guildhall.domain.webhook.WebhookEvent.WebhookDisabled;
import io.guildhall.domain.webhook.WebhookEvent.WebhookEnabled;
import io.guildhall.domain.webhook.WebhookEvent.WebhookSecretRotated;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.jspecify.annotations.Nullable;

/** The webhooks of an organization. */
public class Webhooks {

    private static final int MAX_URL_LENGTH = 2048;
    private static final int MAX_DESCRIPTION_LENGTH = 1024;
    private static final int MAX_TYPES = 50;
    private static final Pattern TYPE = Pattern.compile("[a-z][a-z_]{0,63}(\\.[a-z][a-z_-]{0,63})?");
    private static final String SEPARATOR = " ";

    /**
     * A webhook.
     *
     * @param secret the id of the current secret; null for the first
     * @param user the member who last created it, changed its URL or enabled it
     */
    private record Webhook(
            String encryptedUrl,
            String types,
            String encryptedDescription,
            boolean enabled,
            @Nullable UUID secret,
            @Nullable UUID user) {

        Webhook disabled() {
            return new Webhook(encryptedUrl, types, encryptedDescription, false, secret, user);
        }

        Webhook enabledBy(@Nullable UUID member) {
            return new Webhook(encryptedUrl, types, encryptedDescription, true, secret, member);
        }

        Webhook secret(UUID next) {
            return new Webhook(encryptedUrl, types, encryptedDescription, enabled, next, user);
        }
    }

    private final Map<UUID, Webhook> existing = new LinkedHashMap<>();
    private final RecentIds deleted = new RecentIds();

    public void create(CreateWebhook command, @Nullable UUID member, int max, PersonalDataCipher personalData) {
        if (existing.containsKey(command.webhook()) || deleted.contains(command.webhook())) {
            return;
        }
        String url = checkedUrl(command.url());
        String types = checkedTypes(command.types());
        String description = checkedDescription(command.description());
        if (existing.size() >= max) {
            throw new DomainRejectionException(WebhookRejections.tooManyWebhooks(max));
        }
        apply(new WebhookCreated(
                command.organization(),
                command.webhook(),
                personalData.seal(command.organization(), url),
                types,
                personalData.seal(command.organization(), description),
                member));
    }

    /** Changes a webhook. A member who changes the URL becomes responsible for the webhook. */
    public void change(ChangeWebhook command, @Nullable UUID member, PersonalDataCipher personalData) {
        Webhook current = find(command.webhook());
        UUID organization = command.organization();
        boolean sameUrl = command.url() == null
                || checkedUrl(command.url()).equals(personalData.open(organization, current.encryptedUrl()));
        String encryptedUrl = sameUrl || command.url() == null
                ? current.encryptedUrl()
                : personalData.seal(organization, command.url());
        String types = command.types() == null ? current.types() : checkedTypes(command.types());
        boolean sameDescription = command.description() == null
                || checkedDescription(command.description())
                        .equals(personalData.open(organization, current.encryptedDescription()));
        String encryptedDescription = sameDescription || command.description() == null
                ? current.encryptedDescription()
                : personalData.seal(organization, command.description());
        if (!sameUrl || !types.equals(current.types()) || !sameDescription) {
            apply(new WebhookChanged(
                    organization,
                    command.webhook(),
                    encryptedUrl,
                    types,
                    encryptedDescription,
                    sameUrl ? current.user() : member));
        }
        if (command.enabled() != null && command.enabled() && !current.enabled()) {
            apply(new WebhookEnabled(organization, command.webhook(), member));
        } else if (command.enabled() != null && !command.enabled()) {
            disable(organization, command.webhook(), "REQUESTED");
        }
    }

    public void rotateSecret(UUID organization, UUID webhook, UUID secret) {
        if (!secret.equals(find(webhook).secret())) {
            apply(new WebhookSecretRotated(organization, webhook, secret));
        }
    }

    public void disable(UUID organization, UUID webhook, String reason) {
        if (find(webhook).enabled()) {
            apply(new WebhookDisabled(organization, webhook, reason));
        }
    }

    /**
     * Disables a user's webhooks when the membership ends: a former member receives nothing until another member
     * enables the webhook.
     */
    public void disableAllOf(UUID organization, UUID user) {
        existing.entrySet().stream()
                .filter(entry -> entry.getValue().enabled()
                        && user.equals(entry.getValue().user()))
                .map(Map.Entry::getKey)
                .sorted()
                .toList()
                .forEach(webhook -> disable(organization, webhook, "MEMBERSHIP_ENDED"));
    }

    public void delete(UUID organization, UUID webhook) {
        if (!deleted.contains(webhook)) {
            find(webhook);
            apply(new WebhookDeleted(organization, webhook));
        }
    }

    /** Deletes all webhooks of a deleted organization. */
    public void deleteAll(UUID organization) {
        existing.keySet().stream().sorted().toList().forEach(webhook -> delete(organization, webhook));
    }

    private Webhook find(UUID webhook) {
        Webhook found = existing.get(webhook);
        if (found == null) {
            throw new DomainRejectionException(WebhookRejections.NO_SUCH_WEBHOOK);
        }
        return found;
    }

    private static String checkedUrl(String url) {
        if (url.isEmpty() || url.length() > MAX_URL_LENGTH || url.chars().anyMatch(Character::isISOControl)) {
            throw new DomainRejectionException(WebhookRejections.URL_MALFORMED);
        }
        return url;
    }

    private static String checkedTypes(List<String> types) {
        if (types.size() > MAX_TYPES
                || !types.stream().allMatch(type -> TYPE.matcher(type).matches())) {
            throw new DomainRejectionException(WebhookRejections.TYPES_MALFORMED);
        }
        return types.stream().distinct().sorted().collect(Collectors.joining(SEPARATOR));
    }

    private static String checkedDescription(String description) {
        if (description.length() > MAX_DESCRIPTION_LENGTH || !DisplayText.isText(description)) {
            throw new DomainRejectionException(WebhookRejections.DESCRIPTION_MALFORMED);
        }
        return description;
    }

    /** For snapshots. */
    public record State(Map<UUID, Webhook> webhooks, List<UUID> deleted) {}

    public State state() {
        return new State(new LinkedHashMap<>(existing), deleted.list());
    }

    public void restore(State state) {
        existing.putAll(state.webhooks());
        deleted.restore(state.deleted());
    }

    @EventSourcingHandler
    void on(WebhookCreated event) {
        existing.put(
                event.webhook(),
                new Webhook(
                        event.encryptedUrl(), event.types(), event.encryptedDescription(), true, null, event.user()));
    }

    @EventSourcingHandler
    void on(WebhookChanged event) {
        existing.computeIfPresent(
                event.webhook(),
                (id, current) -> new Webhook(
                        event.encryptedUrl(),
                        event.types(),
                        event.encryptedDescription(),
                        current.enabled(),
                        current.secret(),
                        event.user()));
    }

    @EventSourcingHandler
    void on(WebhookSecretRotated event) {
        existing.computeIfPresent(event.webhook(), (id, current) -> current.secret(event.secret()));
    }

    @EventSourcingHandler
    void on(WebhookDisabled event) {
        existing.computeIfPresent(event.webhook(), (id, current) -> current.disabled());
    }

    @EventSourcingHandler
    void on(WebhookEnabled event) {
        existing.computeIfPresent(event.webhook(), (id, current) -> current.enabledBy(event.user()));
    }

    @EventSourcingHandler
    void on(WebhookDeleted event) {
        existing.remove(event.webhook());
        deleted.add(event.webhook());
    }
}
