/** Sends commands and waits until the read models show what they appended. */
@NullMarked
package io.guildhall.infrastructure.command;

import org.jspecify.annotations.NullMarked;
