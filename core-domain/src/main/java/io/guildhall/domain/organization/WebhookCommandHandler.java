package io.guildhall.domain.organization;

import io.guildhall.domain.shared.ActorContext;
import io.guildhall.domain.shared.Limits;
import io.guildhall.domain.shared.PersonalDataCipher;
import io.guildhall.domain.webhook.WebhookCommand.ChangeWebhook;
import io.guildhall.domain.webhook.WebhookCommand.CreateWebhook;
import io.guildhall.domain.webhook.WebhookCommand.DeleteWebhook;
import io.guildhall.domain.webhook.WebhookCommand.DisableWebhook;
import io.guildhall.domain.webhook.WebhookCommand.RotateWebhookSecret;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.messaging.MetaData;

/** Handles commands about webhooks, from members and, for a failing receiver, from the system. */
public class WebhookCommandHandler {

    private final OrganizationLoader organizations;
    private final PersonalDataCipher personalData;
    private final Limits limits;

    public WebhookCommandHandler(OrganizationLoader organizations, PersonalDataCipher personalData, Limits limits) {
        this.organizations = organizations;
        this.personalData = personalData;
        this.limits = limits;
    }

    @CommandHandler
    void handle(CreateWebhook command, MetaData metaData) {
        organizations.withActiveOrganization(
                command.organization(),
                metaData,
                (organization, now) -> organization.createWebhook(
                        command, ActorContext.from(metaData), limits.webhooks(), personalData));
    }

    @CommandHandler
    void handle(ChangeWebhook command, MetaData metaData) {
        organizations.withActiveOrganization(
                command.organization(),
                metaData,
                (organization, now) -> organization.changeWebhook(command, ActorContext.from(metaData), personalData));
    }

    @CommandHandler
    void handle(RotateWebhookSecret command, MetaData metaData) {
        organizations.withActiveOrganization(
                command.organization(),
                metaData,
                (organization, now) -> organization.rotateWebhookSecret(command.webhook(), command.secret()));
    }

    @CommandHandler
    void handle(DisableWebhook command, MetaData metaData) {
        organizations.withActiveOrganization(
                command.organization(),
                metaData,
                (organization, now) -> organization.disableWebhook(command.webhook(), command.reason()));
    }

    @CommandHandler
    void handle(DeleteWebhook command, MetaData metaData) {
        organizations.withActiveOrganization(
                command.organization(), metaData, (organization, now) -> organization.deleteWebhook(command.webhook()));
    }
}
