/** Copies all events from one store to the other, while the service is stopped. */
@NullMarked
package io.guildhall.cli.events;

import org.jspecify.annotations.NullMarked;
