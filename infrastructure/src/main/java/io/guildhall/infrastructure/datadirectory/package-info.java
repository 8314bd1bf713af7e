/** The directory that holds the service's secrets, its mail files and, by default, its database. */
@NullMarked
package io.guildhall.infrastructure.datadirectory;

import org.jspecify.annotations.NullMarked;
