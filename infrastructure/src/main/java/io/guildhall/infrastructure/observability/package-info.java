/** What the service tells of its own work: meters of commands and appends, and traces where they are wanted. */
@NullMarked
package io.guildhall.infrastructure.observability;

import org.jspecify.annotations.NullMarked;
