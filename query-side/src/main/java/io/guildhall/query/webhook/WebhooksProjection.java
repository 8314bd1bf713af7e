package io.guildhall.query.webhook;

import io.guildhall.domain.shared.PersonalDataCipher;
import io.guildhall.domain.webhook.WebhookEvent;
import io.guildhall.domain.webhook.WebhookEvent.WebhookChanged;
import io.guildhall.domain.webhook.WebhookEvent.WebhookCreated;
import io.guildhall.domain.webhook.WebhookEvent.WebhookDeleted;
import io.guildhall.domain.webhook.WebhookEvent.WebhookDisabled;
import io.guildhall.domain.webhook.WebhookEvent.WebhookEnabled;
import io.guildhall.domain.webhook.WebhookEvent.WebhookSecretRotated;
import io.guildhall.infrastructure.projection.Projection;
import io.guildhall.infrastructure.projection.ProjectionWriter;
import io.guildhall.infrastructure.projection.RowValues;
import io.guildhall.infrastructure.projection.TableDefinition;
import java.time.Instant;
import java.util.UUID;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.Timestamp;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Webhooks with their decrypted URLs and descriptions, which are removed when a webhook is deleted. */
@Component
@ProcessingGroup(WebhooksProjection.NAME)
class WebhooksProjection implements Projection {

    static final String NAME = "webhooks";

    private static final TableDefinition TABLE = TableDefinition.changed(NAME, "webhook");

    private final ProjectionWriter projectionWriter;
    private final PersonalDataCipher personalData;

    WebhooksProjection(ProjectionWriter projectionWriter, PersonalDataCipher personalData) {
        this.projectionWriter = projectionWriter;
        this.personalData = personalData;
    }

    @Override
    public TableDefinition table() {
        return TABLE;
    }

    @EventHandler
    void on(WebhookEvent event, @Timestamp Instant at) {
        switch (event) {
            case WebhookCreated it ->
                projectionWriter.insert(
                        TABLE,
                        RowValues.with("webhook", it.webhook())
                                .and("organization", it.organization())
                                .and("url", decrypt(it.organization(), it.encryptedUrl()))
                                .and("types", types(it.types()))
                                .and("description", decrypt(it.organization(), it.encryptedDescription()))
                                .and("created", at)
                                .and("updated", at));
            case WebhookChanged it ->
                projectionWriter.update(
                        TABLE,
                        it.webhook(),
                        RowValues.with("url", decrypt(it.organization(), it.encryptedUrl()))
                                .and("types", types(it.types()))
                                .and("description", decrypt(it.organization(), it.encryptedDescription()))
                                .and("updated", at));
            case WebhookSecretRotated it -> projectionWriter.update(TABLE, it.webhook(), RowValues.with("updated", at));
            case WebhookDisabled it -> disabled(it.webhook(), it.reason(), at);
            case WebhookEnabled it -> disabled(it.webhook(), null, at);
            case WebhookDeleted it ->
                projectionWriter.update(
                        TABLE,
                        it.webhook(),
                        RowValues.with("url", "")
                                .and("description", "")
                                .and("deleted", true)
                                .and("updated", at));
        }
    }

    private void disabled(UUID webhook, @Nullable String reason, Instant at) {
        projectionWriter.update(
                TABLE, webhook, RowValues.with("disabled", reason).and("updated", at));
    }

    private static String[] types(String separated) {
        return separated.isEmpty() ? new String[0] : separated.split(" ");
    }

    /** Returns an empty text if the organization's key is erased. */
    private String decrypt(UUID organization, String encrypted) {
        String clear = personalData.open(organization, encrypted);
        return clear == null ? "" : clear;
    }
}
