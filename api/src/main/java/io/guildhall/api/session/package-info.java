/** Signing in and out, and sessions for one organization or none. */
@NullMarked
package io.guildhall.api.session;

import org.jspecify.annotations.NullMarked;
