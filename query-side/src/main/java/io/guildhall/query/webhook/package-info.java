/** Read model of webhooks. Deliveries are not part of it, as they are no events. */
@NullMarked
package io.guildhall.query.webhook;

import org.jspecify.annotations.NullMarked;
