/** Read model of mailed links. */
@NullMarked
package io.guildhall.query.emaillink;

import org.jspecify.annotations.NullMarked;
