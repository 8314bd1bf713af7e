/** Where a Guildhall keeps what is its own: its secrets and, unless it is given another, its database. */
@NullMarked
package io.guildhall.api.home;

import org.jspecify.annotations.NullMarked;
