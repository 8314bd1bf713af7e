/** What happened to webhooks. */
@NullMarked
package io.guildhall.domain.webhook.events;

import org.jspecify.annotations.NullMarked;
