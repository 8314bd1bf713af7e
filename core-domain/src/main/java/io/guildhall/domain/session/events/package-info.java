/** What happened to sessions. */
@NullMarked
package io.guildhall.domain.session.events;

import org.jspecify.annotations.NullMarked;
