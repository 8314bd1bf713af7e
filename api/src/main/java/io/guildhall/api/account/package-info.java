/** Signing up, the profile, the password, the way out. */
@NullMarked
package io.guildhall.api.account;

import org.jspecify.annotations.NullMarked;
