/** Remembers users: profiles, settings, what signing in needs. */
@NullMarked
package io.guildhall.query.user;

import org.jspecify.annotations.NullMarked;
