/** The aggregate {@code User} and its command handlers: sign-up, e-mail validation, passwords, memberships. */
@NullMarked
package io.guildhall.domain.user;

import org.jspecify.annotations.NullMarked;
