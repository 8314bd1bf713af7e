/** Remembers API tokens and when each was last used. */
@NullMarked
package io.guildhall.query.token;

import org.jspecify.annotations.NullMarked;
