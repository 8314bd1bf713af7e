/** Speaks: the application that puts the domain and its read models behind HTTP. */
@NullMarked
package io.guildhall.api;

import org.jspecify.annotations.NullMarked;
