/** The plan catalogue, as configuration gives it. */
@NullMarked
package io.guildhall.api.plan;

import org.jspecify.annotations.NullMarked;
