package io.guildhall.query.webhook;

import io.guildhall.domain.kernel.PersonalData;
import io.guildhall.domain.webhook.events.WebhookChanged;
import io.guildhall.domain.webhook.events.WebhookCreated;
import io.guildhall.domain.webhook.events.WebhookDeleted;
import io.guildhall.domain.webhook.events.WebhookDisabled;
import io.guildhall.domain.webhook.events.WebhookEnabled;
import io.guildhall.domain.webhook.events.WebhookEvent;
import io.guildhall.domain.webhook.events.WebhookSecretRotated;
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

/** Webhooks, with their addresses in clear text. */
@Component
@ProcessingGroup(WebhooksProjection.NAME)
class WebhooksProjection implements Projection {

    static final String NAME = "webhooks";

    private final Rows rows;
    private final PersonalData personalData;

    WebhooksProjection(Rows rows, PersonalData personalData) {
        this.rows = rows;
        this.personalData = personalData;
    }

    @Override
    public String name() {
        return NAME;
    }

    @EventHandler
    void on(WebhookEvent event, @Timestamp Instant at) {
        switch (event) {
            case WebhookCreated it ->
                rows.put(
                        """
                        insert into webhooks (webhook, organization, url, types, description, created, updated)
                        values (?, ?, ?, string_to_array(?, ' '), ?, ?, ?)
                        on conflict do nothing
                        """,
                        it.webhook(),
                        it.organization(),
                        open(it.organization(), it.sealedUrl()),
                        it.types(),
                        it.description(),
                        at,
                        at);
            case WebhookChanged it ->
                rows.touch(
                        """
                        update webhooks set url = ?, types = string_to_array(?, ' '), description = ?, updated = ?
                        where webhook = ?
                        """, open(it.organization(), it.sealedUrl()), it.types(), it.description(), at, it.webhook());
            case WebhookSecretRotated it ->
                rows.touch("update webhooks set updated = ? where webhook = ?", at, it.webhook());
            case WebhookDisabled it -> disabled(it.webhook(), it.reason(), at);
            case WebhookEnabled it -> disabled(it.webhook(), null, at);
            case WebhookDeleted it ->
                rows.touch(
                        "update webhooks set url = '', deleted = true, updated = ? where webhook = ?",
                        at,
                        it.webhook());
        }
    }

    @ResetHandler
    void startOver() {
        rows.startOver(NAME);
    }

    private void disabled(UUID webhook, @Nullable String reason, Instant at) {
        rows.touch("update webhooks set disabled = ?, updated = ? where webhook = ?", reason, at, webhook);
    }

    /** Nothing once the organization's key is gone. */
    private String open(UUID organization, String sealedUrl) {
        String url = personalData.open(organization, sealedUrl);
        return url == null ? "" : url;
    }
}
