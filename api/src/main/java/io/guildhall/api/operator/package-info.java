/** What those who run Guildhall do, over HTTP. */
@NullMarked
package io.guildhall.api.operator;

import org.jspecify.annotations.NullMarked;
