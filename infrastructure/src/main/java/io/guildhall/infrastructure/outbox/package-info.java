/**
 * What leaves the service because of events: mails and webhook messages, with their tables, retries and transport. What they say is
 * told by their features, through {@code MailContents} and {@code WebhookMessages}.
 */
@NullMarked
package io.guildhall.infrastructure.outbox;

import org.jspecify.annotations.NullMarked;
