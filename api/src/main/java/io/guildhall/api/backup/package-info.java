/** Keeps: all that cannot be made again, in a file, and back from there. */
@NullMarked
package io.guildhall.api.backup;

import org.jspecify.annotations.NullMarked;
