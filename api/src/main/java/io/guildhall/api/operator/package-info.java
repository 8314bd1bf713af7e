/** What those who run Guildhall do, over HTTP and from a shell. */
@NullMarked
package io.guildhall.api.operator;

import org.jspecify.annotations.NullMarked;
