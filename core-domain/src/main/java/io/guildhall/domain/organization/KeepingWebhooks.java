package io.guildhall.domain.organization;

import io.guildhall.domain.kernel.Limits;
import io.guildhall.domain.kernel.PersonalData;
import io.guildhall.domain.webhook.ChangeWebhook;
import io.guildhall.domain.webhook.CreateWebhook;
import io.guildhall.domain.webhook.DeleteWebhook;
import io.guildhall.domain.webhook.DisableWebhook;
import io.guildhall.domain.webhook.EnableWebhook;
import io.guildhall.domain.webhook.RotateWebhookSecret;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.messaging.MetaData;

/** Webhooks by the hand of members, and of the system where a receiver is no more. */
public class KeepingWebhooks {

    private final Organizations organizations;
    private final PersonalData personalData;
    private final Limits limits;

    public KeepingWebhooks(Organizations organizations, PersonalData personalData, Limits limits) {
        this.organizations = organizations;
        this.personalData = personalData;
        this.limits = limits;
    }

    @CommandHandler
    void handle(CreateWebhook command, MetaData metaData) {
        organizations.inActive(
                command.organization(),
                metaData,
                (organization, now) -> organization.webhooks().create(command, limits.webhooks(), personalData));
    }

    @CommandHandler
    void handle(ChangeWebhook command, MetaData metaData) {
        organizations.inActive(
                command.organization(),
                metaData,
                (organization, now) -> organization.webhooks().change(command, personalData));
    }

    @CommandHandler
    void handle(RotateWebhookSecret command, MetaData metaData) {
        organizations.inActive(
                command.organization(),
                metaData,
                (organization, now) -> organization
                        .webhooks()
                        .rotateSecret(command.organization(), command.webhook(), command.secret()));
    }

    @CommandHandler
    void handle(DisableWebhook command, MetaData metaData) {
        organizations.inActive(
                command.organization(),
                metaData,
                (organization, now) ->
                        organization.webhooks().disable(command.organization(), command.webhook(), command.reason()));
    }

    @CommandHandler
    void handle(EnableWebhook command, MetaData metaData) {
        organizations.inActive(
                command.organization(),
                metaData,
                (organization, now) -> organization.webhooks().enable(command.organization(), command.webhook()));
    }

    @CommandHandler
    void handle(DeleteWebhook command, MetaData metaData) {
        organizations.inActive(
                command.organization(),
                metaData,
                (organization, now) -> organization.webhooks().delete(command.organization(), command.webhook()));
    }
}
