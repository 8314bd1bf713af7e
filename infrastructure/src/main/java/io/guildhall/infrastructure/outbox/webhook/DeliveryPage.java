package io.guildhall.infrastructure.outbox.webhook;

import java.util.List;

/** As the envelopes of the published contract; newest first. */
public record DeliveryPage(List<DeliveryView> deliveries, long limit, long offset, boolean hasNext) {}
