/** Errors: the body that all of them have, and the exception for requests that are rejected before any rule of the domain. */
@NullMarked
package io.guildhall.api.error;

import org.jspecify.annotations.NullMarked;
