/** Puts one of the two event stores together: PostgreSQL, or an Axon Server. */
@NullMarked
package io.guildhall.infrastructure.config;

import org.jspecify.annotations.NullMarked;
