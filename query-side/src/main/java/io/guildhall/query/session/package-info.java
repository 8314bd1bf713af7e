/** Read model of sessions, and the lookup of callers by token. */
@NullMarked
package io.guildhall.query.session;

import org.jspecify.annotations.NullMarked;
