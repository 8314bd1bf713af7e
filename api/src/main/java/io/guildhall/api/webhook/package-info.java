/** Webhooks: their routes, and what is sent to them. */
@NullMarked
package io.guildhall.api.webhook;

import org.jspecify.annotations.NullMarked;
