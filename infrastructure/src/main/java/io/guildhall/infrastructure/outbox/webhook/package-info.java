/** The sending of trails to webhooks, by the Standard Webhooks specification. */
@NullMarked
package io.guildhall.infrastructure.outbox.webhook;

import org.jspecify.annotations.NullMarked;
