package io.guildhall.api.webhook;

import java.util.List;

/** As the envelopes of the published contract; newest first. */
record DeliveryPage(List<DeliveryView> deliveries, long limit, long offset, boolean hasNext) {}
