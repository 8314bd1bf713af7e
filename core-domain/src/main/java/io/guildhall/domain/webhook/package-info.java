/** Webhooks: URLs to which an organization's activities are sent. */
@NullMarked
package io.guildhall.domain.webhook;

import org.jspecify.annotations.NullMarked;
