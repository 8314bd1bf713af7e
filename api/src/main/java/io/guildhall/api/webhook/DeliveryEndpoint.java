package io.guildhall.api.webhook;

import io.guildhall.api.error.RequestRejectionException;
import io.guildhall.api.query.QueryDispatcher;
import io.guildhall.api.security.Caller;
import io.guildhall.api.security.Permission;
import io.guildhall.api.security.RequiresPermission;
import io.guildhall.api.web.PageParameters;
import io.guildhall.infrastructure.idempotency.IdempotentExecution;
import io.guildhall.infrastructure.outbox.webhook.DeliveryPage;
import io.guildhall.infrastructure.outbox.webhook.DeliveryView;
import io.guildhall.infrastructure.outbox.webhook.WebhookCursorRepository;
import io.guildhall.infrastructure.outbox.webhook.WebhookDeliveryRepository;
import io.guildhall.query.activity.FindHeads;
import io.guildhall.query.activity.HeadsView;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.PositiveOrZero;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What was sent to a webhook, and sending it again. None of this is a change of state: the trail says nothing of it. */
@RestController
class DeliveryEndpoint {

    private final QueryDispatcher queries;
    private final WebhookDeliveryRepository deliveries;
    private final WebhookCursorRepository cursors;

    DeliveryEndpoint(QueryDispatcher queries, WebhookDeliveryRepository deliveries, WebhookCursorRepository cursors) {
        this.queries = queries;
        this.deliveries = deliveries;
        this.cursors = cursors;
    }

    /**
     * One of both.
     *
     * @param delivery the id of a delivery, which is sent again
     * @param after a sequence number of the trail; all that comes after it is sent again, 0 for all of it
     */
    record Again(
            @Nullable UUID delivery,

            @PositiveOrZero(message = "must be a sequence number, or 0.") @Nullable Long after) {}

    /** @param delivery null where it is more than one */
    record Delivery(@Nullable DeliveryView delivery) {}

    /** Newest first. */
    @GetMapping("/v1/webhooks/{id}/deliveries")
    @RequiresPermission(value = Permission.WEBHOOKS_READ, resource = WebhookEndpoint.class)
    DeliveryPage list(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "")
                    @Pattern(
                            regexp = "WAITING|DELIVERED|FAILED|DROPPED|",
                            message = "must be among WAITING, DELIVERED, FAILED, DROPPED.")
                    String status,
            PageParameters page) {
        return deliveries.list(id, status.isEmpty() ? null : status, page.limit(), page.offset());
    }

    /** The same messages with the same ids: a receiver that remembers those takes none twice. */
    @PostMapping("/v1/webhooks/{id}/resend")
    @RequiresPermission(value = Permission.WEBHOOKS_WRITE, resource = WebhookEndpoint.class)
    Delivery resend(@PathVariable UUID id, @Valid @RequestBody Again again, Caller caller) {
        UUID delivery = again.delivery();
        Long after = again.after();
        if ((delivery == null) == (after == null)) {
            throw RequestRejectionException.invalidArgument(
                    "delivery", "Either delivery or after is required, and not both.");
        }
        if (delivery != null) {
            DeliveryView found = deliveries.sendAgain(id, delivery);
            if (found == null) {
                throw RequestRejectionException.notFound("delivery");
            }
            return new Delivery(found);
        }
        long head = queries.ask(new FindHeads(List.of(caller.organization())), HeadsView.class)
                .heads()
                .getOrDefault(caller.organization(), 0L);
        if (after > head) {
            throw RequestRejectionException.invalidArgument(
                    "after", "after is beyond the end of the trail, which is %d.".formatted(head));
        }
        cursors.rewind(id, after);
        return new Delivery(null);
    }

    /** Sends a message of type {@code webhook.test}, like any other. */
    @PostMapping("/v1/webhooks/{id}/test")
    @RequiresPermission(value = Permission.WEBHOOKS_WRITE, resource = WebhookEndpoint.class)
    Delivery test(@PathVariable UUID id) {
        return new Delivery(deliveries.addTest(id, IdempotentExecution.newId("delivery-id")));
    }
}
