/** Event store on an Axon Server, shared by several nodes: reads events and projects them into the read models in PostgreSQL. */
@NullMarked
package io.guildhall.infrastructure.axonserver;

import org.jspecify.annotations.NullMarked;
