/** Fixtures of decision tests, and the architecture tests of the module. */
@NullMarked
package io.guildhall.domain;

import org.jspecify.annotations.NullMarked;
