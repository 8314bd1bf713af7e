/** The trail over HTTP. */
@NullMarked
package io.guildhall.api.activity;

import org.jspecify.annotations.NullMarked;
