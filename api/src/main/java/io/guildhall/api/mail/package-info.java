/** Tells people by mail what happened: a reaction to events that is sent at least once, in its own time, and never by a rebuild. */
@NullMarked
package io.guildhall.api.mail;

import org.jspecify.annotations.NullMarked;
