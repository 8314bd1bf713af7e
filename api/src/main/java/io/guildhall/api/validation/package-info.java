/** Parsing and validation of parameters and fields. Each rejection names the field and the rule. */
@NullMarked
package io.guildhall.api.validation;

import org.jspecify.annotations.NullMarked;
