package io.guildhall.api.webhook;

import io.guildhall.api.error.RequestRejectionException;
import io.guildhall.api.query.QueryDispatcher;
import io.guildhall.api.security.Caller;
import io.guildhall.api.security.PathResource;
import io.guildhall.api.security.Permission;
import io.guildhall.api.security.RequiresPermission;
import io.guildhall.api.validation.OneOf;
import io.guildhall.api.web.CommandExecutor;
import io.guildhall.api.web.EmptyResponse;
import io.guildhall.api.web.PageParameters;
import io.guildhall.api.web.UpdateMask;
import io.guildhall.domain.EventTypes;
import io.guildhall.domain.webhook.WebhookCommand.ChangeWebhook;
import io.guildhall.domain.webhook.WebhookCommand.CreateWebhook;
import io.guildhall.domain.webhook.WebhookCommand.DeleteWebhook;
import io.guildhall.domain.webhook.WebhookCommand.RotateWebhookSecret;
import io.guildhall.infrastructure.idempotency.IdempotentExecution;
import io.guildhall.infrastructure.outbox.webhook.SigningSecrets;
import io.guildhall.infrastructure.outbox.webhook.WebhookUrlValidator;
import io.guildhall.query.activity.ActivityTypes;
import io.guildhall.query.webhook.FindWebhook;
import io.guildhall.query.webhook.ListWebhooks;
import io.guildhall.query.webhook.WebhookPage;
import io.guildhall.query.webhook.WebhookView;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Where the current organization's trail is sent. Every member sees the addresses; a secret is shown when it is made. */
@RestController
class WebhookEndpoint implements PathResource {

    private static final String ENABLED = "ENABLED";

    private final WebhookUrlValidator urls;
    private final SigningSecrets secrets;
    private final QueryDispatcher queries;
    private final CommandExecutor commandExecutor;

    WebhookEndpoint(
            WebhookUrlValidator urls,
            SigningSecrets secrets,
            QueryDispatcher queries,
            CommandExecutor commandExecutor) {
        this.urls = urls;
        this.secrets = secrets;
        this.queries = queries;
        this.commandExecutor = commandExecutor;
    }

    /**
     * What a webhook is to be.
     *
     * @param url {@code https}, of a host of the public Internet
     * @param types of activities to send, such as {@code organization_member} or {@code organization_member.joined}; all when
     *     there are none
     */
    record Wish(
            @NotNull String url,
            @Nullable List<@Nullable String> types,
            @Nullable String description) {}

    /**
     * What is to be different; as {@link Wish}.
     *
     * @param status ENABLED or DISABLED; one that is enabled again goes on where it ended
     */
    record Change(
            @Size(min = 1, message = "is required.") @Nullable String url,

            @Nullable List<@Nullable String> types,
            @Nullable String description,

            @Size(min = 1, message = "is required.") @OneOf("ENABLED, DISABLED") @Nullable String status) {}

    record Webhook(WebhookView webhook) {}

    record WebhookWithSecret(WebhookCreatedResponse webhook) {}

    /** Sends what happens from now on. The reply alone shows the secret that messages are signed with. */
    @PostMapping("/v1/webhooks")
    @RequiresPermission(Permission.WEBHOOKS_WRITE)
    WebhookWithSecret create(@Valid @RequestBody Wish wish, Caller caller) {
        UUID id = IdempotentExecution.newId("webhook-id");
        commandExecutor.perform(
                new CreateWebhook(
                        caller.organization(),
                        id,
                        checked(wish.url()),
                        wish.types() == null ? List.of() : types(wish.types()),
                        wish.description() == null ? "" : wish.description()),
                caller);
        return withSecret(id, caller);
    }

    @GetMapping("/v1/webhooks")
    @RequiresPermission(Permission.WEBHOOKS_READ)
    WebhookPage list(PageParameters page, Caller caller) {
        return queries.ask(new ListWebhooks(caller.organization(), page.limit(), page.offset()), WebhookPage.class);
    }

    @GetMapping("/v1/webhooks/{id}")
    @RequiresPermission(Permission.WEBHOOKS_READ)
    Webhook show(@PathVariable UUID id, Caller caller) {
        return new Webhook(find(id, caller));
    }

    /** What is not in the body, or not in the mask, stays. */
    @PatchMapping("/v1/webhooks/{id}")
    @RequiresPermission(value = Permission.WEBHOOKS_WRITE, resource = WebhookEndpoint.class)
    Webhook change(
            @PathVariable UUID id,
            @Valid @RequestBody
                    @UpdateMask(ignored = {"id", "organization_id", "disabled_reason", "created_at", "updated_at"})
                    Change body,
            Caller caller) {
        commandExecutor.perform(
                new ChangeWebhook(
                        caller.organization(),
                        id,
                        body.url() == null ? null : checked(body.url()),
                        body.types() == null ? null : types(body.types()),
                        body.description(),
                        body.status() == null ? null : body.status().equals(ENABLED)),
                caller);
        return new Webhook(find(id, caller));
    }

    @DeleteMapping("/v1/webhooks/{id}")
    @RequiresPermission(Permission.WEBHOOKS_WRITE)
    EmptyResponse delete(@PathVariable UUID id, Caller caller) {
        commandExecutor.perform(new DeleteWebhook(caller.organization(), id), caller);
        return EmptyResponse.INSTANCE;
    }

    /** Another secret, shown by the reply alone. The old one goes on signing beside it for a while. */
    @PostMapping("/v1/webhooks/{id}/rotate_secret")
    @RequiresPermission(Permission.WEBHOOKS_WRITE)
    WebhookWithSecret rotateSecret(@PathVariable UUID id, Caller caller) {
        commandExecutor.perform(
                new RotateWebhookSecret(caller.organization(), id, IdempotentExecution.newId("secret-id")), caller);
        return withSecret(id, caller);
    }

    @Override
    public void require(UUID id, Caller caller) {
        find(id, caller);
    }

    private WebhookView find(UUID id, Caller caller) {
        return queries.require(new FindWebhook(caller.organization(), id), WebhookView.class, "webhook");
    }

    private WebhookWithSecret withSecret(UUID id, Caller caller) {
        WebhookView view = find(id, caller);
        return secrets.of(caller.organization(), id).stream()
                .findFirst()
                .map(secret -> new WebhookWithSecret(new WebhookCreatedResponse(view, secret)))
                .orElseThrow(() -> RequestRejectionException.notFound("webhook"));
    }

    private String checked(String url) {
        try {
            urls.check(url);
            return url;
        } catch (IllegalArgumentException wrong) {
            throw RequestRejectionException.invalidArgument("url", String.valueOf(wrong.getMessage()));
        }
    }

    private static List<String> types(List<@Nullable String> given) {
        return given.stream()
                .map(type -> {
                    String known = type == null ? "" : type;
                    int dot = known.indexOf('.');
                    if (EventTypes.find(known) == null
                            && !ActivityTypes.OF_ORGANIZATIONS.contains(dot < 0 ? known : known.substring(0, dot))) {
                        throw RequestRejectionException.invalidArgument(
                                "types",
                                "types must each be the name of an event, such as member.removed, or among %s, alone or with a verb, such as organization_member.joined."
                                        .formatted(String.join(", ", ActivityTypes.OF_ORGANIZATIONS)));
                    }
                    return known;
                })
                .toList();
    }
}
