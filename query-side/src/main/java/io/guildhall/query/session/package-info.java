/** Remembers sessions, and says for any token who calls. */
@NullMarked
package io.guildhall.query.session;

import org.jspecify.annotations.NullMarked;
