/** The formats in which trails are written to files for other programs. */
@NullMarked
package io.guildhall.query.export;

import org.jspecify.annotations.NullMarked;
