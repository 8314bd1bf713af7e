/** Serves the console: the pages for people, which work through the public API. */
@NullMarked
package io.guildhall.api.console;

import org.jspecify.annotations.NullMarked;
