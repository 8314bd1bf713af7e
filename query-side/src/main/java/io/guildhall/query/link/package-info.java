/** Remembers which mailed link stands for what. */
@NullMarked
package io.guildhall.query.link;

import org.jspecify.annotations.NullMarked;
