package io.guildhall.infrastructure.outbox.webhook;

import io.guildhall.domain.organization.OrganizationEvent.OrganizationReactivated;
import io.guildhall.domain.shared.PersonalDataCipher;
import io.guildhall.domain.webhook.WebhookEvent;
import io.guildhall.domain.webhook.WebhookEvent.WebhookChanged;
import io.guildhall.domain.webhook.WebhookEvent.WebhookCreated;
import io.guildhall.domain.webhook.WebhookEvent.WebhookDeleted;
import io.guildhall.domain.webhook.WebhookEvent.WebhookDisabled;
import io.guildhall.domain.webhook.WebhookEvent.WebhookEnabled;
import io.guildhall.domain.webhook.WebhookEvent.WebhookSecretRotated;
import io.guildhall.infrastructure.projection.ProjectionWriter;
import io.guildhall.infrastructure.projection.TrailSequence;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.UUID;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.DisallowReplay;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventHandler;
import org.springframework.stereotype.Component;

/**
 * Begins and ends the sending, and makes secrets, in the transaction of the event that causes it. Events that are delivered
 * again change nothing again, and this group takes no part in rebuilds.
 */
@Component
@ProcessingGroup(WebhookEventHandler.NAME)
@DisallowReplay
class WebhookEventHandler {

    static final String NAME = "webhook-sending";

    private static final int KEY_BYTES = 32;

    /** Of one webhook, so that the header with their signatures cannot grow for ever. */
    private static final int MOST_SECRETS = 5;

    private static final String BEGIN_AFTER_CREATION =
            "insert into webhook_feeds (webhook, organization, position) values (?, ?, %s) on conflict do nothing"
                    .formatted(TrailSequence.PARAMETERS);

    private final ProjectionWriter projectionWriter;
    private final PersonalDataCipher personalData;
    private final WebhookProperties properties;
    private final SecureRandom random = new SecureRandom();

    WebhookEventHandler(
            ProjectionWriter projectionWriter, PersonalDataCipher personalData, WebhookProperties properties) {
        this.projectionWriter = projectionWriter;
        this.personalData = personalData;
        this.properties = properties;
    }

    @EventHandler
    void on(WebhookEvent event, DomainEventMessage<?> message) {
        UUID webhook = event.webhook();
        switch (event) {
            case WebhookCreated it -> {
                projectionWriter.put(
                        BEGIN_AFTER_CREATION,
                        webhook,
                        it.organization(),
                        TrailSequence.known(message),
                        UUID.fromString(message.getIdentifier()));
                makeSecret(it, message);
            }
            case WebhookSecretRotated it -> rotate(it, message);
            case WebhookChanged it -> tryAgain(webhook);
            case WebhookEnabled it -> tryAgain(webhook);
            case WebhookDisabled it -> {}
            case WebhookDeleted it -> {
                projectionWriter.put("delete from webhook_feeds where webhook = ?", webhook);
                projectionWriter.put("delete from webhook_secrets where webhook = ?", webhook);
            }
        }
    }

    /** While it was deactivated nothing could arrive, which says nothing of its receivers. */
    @EventHandler
    void on(OrganizationReactivated event) {
        projectionWriter.put(
                "update webhook_feeds set failing_since = null where organization = ?", event.organization());
    }

    private void makeSecret(WebhookEvent event, DomainEventMessage<?> message) {
        byte[] key = new byte[KEY_BYTES];
        random.nextBytes(key);
        projectionWriter.put(
                "insert into webhook_secrets (event, webhook, sealed, made_at) values (?, ?, ?, ?) on conflict do nothing",
                UUID.fromString(message.getIdentifier()),
                event.webhook(),
                personalData.seal(event.organization(), Signatures.secret(key)),
                message.getTimestamp());
    }

    private void rotate(WebhookEvent event, DomainEventMessage<?> message) {
        Instant now = message.getTimestamp();
        projectionWriter.put(
                "update webhook_secrets set signs_until = ? where webhook = ? and signs_until is null and made_at < ?",
                now.plus(properties.secretOverlap()),
                event.webhook(),
                now);
        makeSecret(event, message);
        projectionWriter.put("""
                delete from webhook_secrets where webhook = ? and event not in (
                    select event from webhook_secrets where webhook = ? order by made_at desc limit ?)
                """, event.webhook(), event.webhook(), MOST_SECRETS);
    }

    /** What was in vain before may arrive now. */
    private void tryAgain(UUID webhook) {
        projectionWriter.put(
                "update webhook_feeds set failing_since = null, paused_until = null where webhook = ?", webhook);
        projectionWriter.put(
                "update webhook_deliveries set due_at = now() where webhook = ? and done_at is null", webhook);
    }
}
