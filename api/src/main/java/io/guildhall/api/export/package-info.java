/** Whole trails, or what a search finds of them, as files for other programs. */
@NullMarked
package io.guildhall.api.export;

import org.jspecify.annotations.NullMarked;
