/** Remembers webhooks. What is sent to them, and whether it arrived, is no fact of the organization. */
@NullMarked
package io.guildhall.query.webhook;

import org.jspecify.annotations.NullMarked;
