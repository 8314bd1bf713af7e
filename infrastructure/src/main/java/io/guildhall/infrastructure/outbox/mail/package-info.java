/** The mail outbox: who takes which mail when, and its transport by SMTP or to files. */
@NullMarked
package io.guildhall.infrastructure.outbox.mail;

import org.jspecify.annotations.NullMarked;
