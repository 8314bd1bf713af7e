/** Writes what cannot be rebuilt into a file, and restores it from there. */
@NullMarked
package io.guildhall.cli.backup;

import org.jspecify.annotations.NullMarked;
