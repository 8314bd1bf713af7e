/** What happened to an account, and to the set of e-mail addresses in use. */
@NullMarked
package io.guildhall.domain.account.events;

import org.jspecify.annotations.NullMarked;
