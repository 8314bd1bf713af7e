package io.guildhall.domain.kernel;

import java.time.Duration;

/**
 * How long things wait for somebody, as an operator configures it.
 *
 * @param invitation R11
 * @param emailValidation how long the link that validates an address works (R2)
 * @param passwordReset R3
 * @param deactivation how long a deactivation can be confirmed (R21)
 */
public record Lifetimes(Duration invitation, Duration emailValidation, Duration passwordReset, Duration deactivation) {}
