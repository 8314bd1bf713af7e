/** API tokens over HTTP. */
@NullMarked
package io.guildhall.api.token;

import org.jspecify.annotations.NullMarked;
