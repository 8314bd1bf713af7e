/** Remembers which mailed link stands for what. */
@NullMarked
package io.guildhall.query.emaillink;

import org.jspecify.annotations.NullMarked;
