/** Webhooks: their routes, and the sending of trails to them by the Standard Webhooks specification. */
@NullMarked
package io.guildhall.api.webhook;

import org.jspecify.annotations.NullMarked;
