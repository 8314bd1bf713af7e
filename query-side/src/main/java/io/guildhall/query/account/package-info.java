/** Remembers accounts: profiles, settings, what signing in needs. */
@NullMarked
package io.guildhall.query.account;

import org.jspecify.annotations.NullMarked;
