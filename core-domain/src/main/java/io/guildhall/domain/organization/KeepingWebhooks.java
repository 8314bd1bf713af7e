package io.guildhall.domain.organization;

import io.guildhall.domain.kernel.Act;
import io.guildhall.domain.kernel.Limits;
import io.guildhall.domain.kernel.PersonalData;
import io.guildhall.domain.webhook.ChangeWebhook;
import io.guildhall.domain.webhook.CreateWebhook;
import io.guildhall.domain.webhook.DeleteWebhook;
import io.guildhall.domain.webhook.DisableWebhook;
import io.guildhall.domain.webhook.EnableWebhook;
import io.guildhall.domain.webhook.RotateWebhookSecret;
import java.util.UUID;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.messaging.MetaData;
import org.jspecify.annotations.Nullable;

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
                (organization, now) -> organization
                        .webhooks()
                        .create(command, member(organization, metaData), limits.webhooks(), personalData));
    }

    @CommandHandler
    void handle(ChangeWebhook command, MetaData metaData) {
        organizations.inActive(
                command.organization(),
                metaData,
                (organization, now) ->
                        organization.webhooks().change(command, member(organization, metaData), personalData));
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
                (organization, now) -> organization
                        .webhooks()
                        .enable(command.organization(), command.webhook(), member(organization, metaData)));
    }

    @CommandHandler
    void handle(DeleteWebhook command, MetaData metaData) {
        organizations.inActive(
                command.organization(),
                metaData,
                (organization, now) -> organization.webhooks().delete(command.organization(), command.webhook()));
    }

    /** The acting person, or who created the organization's API token that acts. Null for the system. */
    private static @Nullable UUID member(Organization organization, MetaData metaData) {
        Act act = Act.from(metaData);
        if (act.account() != null || act.token() == null) {
            return act.account();
        }
        return organization.tokens().accountOf(act.token());
    }
}
