/** Shows people the pages that mailed links lead to; what the pages do, they do through the public API. */
@NullMarked
package io.guildhall.api.console;

import org.jspecify.annotations.NullMarked;
