package io.guildhall.domain.shared;

import java.time.Duration;

/**
 * How long things last or wait for somebody, as an operator configures it.
 *
 * @param invitation how long an invitation can be accepted (R11)
 * @param emailValidation how long the link that validates an address works (R2)
 * @param passwordReset how long the link that resets a password works (R3)
 * @param deactivation how long a deactivation can be confirmed (R21)
 * @param signIn how long a sign-in lasts at most, however often its sessions are renewed (R17a)
 */
public record ExpirationPolicy(
        Duration invitation,
        Duration emailValidation,
        Duration passwordReset,
        Duration deactivation,
        Duration signIn) {}
