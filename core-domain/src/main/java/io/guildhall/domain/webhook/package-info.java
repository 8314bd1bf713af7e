/** Webhooks: where an organization wants its trail sent. */
@NullMarked
package io.guildhall.domain.webhook;

import org.jspecify.annotations.NullMarked;
