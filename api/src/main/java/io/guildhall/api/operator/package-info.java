/** The routes of operators. */
@NullMarked
package io.guildhall.api.operator;

import org.jspecify.annotations.NullMarked;
