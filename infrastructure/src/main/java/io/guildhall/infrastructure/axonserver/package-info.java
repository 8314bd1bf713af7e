/** Events in an Axon Server that several nodes share: reading them, and projecting them into the read models in PostgreSQL. */
@NullMarked
package io.guildhall.infrastructure.axonserver;

import org.jspecify.annotations.NullMarked;
