/** Sessions of a user, each with one current organization or none. */
@NullMarked
package io.guildhall.domain.session;

import org.jspecify.annotations.NullMarked;
