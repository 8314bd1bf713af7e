/** The PostgreSQL server that runs in the data directory unless {@code spring.datasource.url} names another. */
@NullMarked
package io.guildhall.infrastructure.embeddedpostgres;

import org.jspecify.annotations.NullMarked;
