/** What happened to API tokens. */
@NullMarked
package io.guildhall.domain.token.events;

import org.jspecify.annotations.NullMarked;
