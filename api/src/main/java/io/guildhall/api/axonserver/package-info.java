/** The events in an Axon Server, which several processes share: reading them, and feeding them to the read models in PostgreSQL. */
@NullMarked
package io.guildhall.api.axonserver;

import org.jspecify.annotations.NullMarked;
