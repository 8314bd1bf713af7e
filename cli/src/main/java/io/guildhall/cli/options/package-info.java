/** Options that several commands share. */
@NullMarked
package io.guildhall.cli.options;

import org.jspecify.annotations.NullMarked;
