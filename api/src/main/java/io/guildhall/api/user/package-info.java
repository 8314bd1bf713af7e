/** Signing up, the profile, the password, the way out. */
@NullMarked
package io.guildhall.api.user;

import org.jspecify.annotations.NullMarked;
