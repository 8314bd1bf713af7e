package io.guildhall.domain.shared;

import java.time.Duration;

/**
 * The configured lifetimes.
 *
 * @param invitation how long an invitation can be accepted
 * @param emailValidation validity of the link that validates an address
 * @param passwordReset validity of the link that resets a password
 * @param deactivation how long a deactivation can be confirmed
 * @param signIn the maximum duration of a sign-in, including renewals
 */
public record ExpirationPolicy(
        Duration invitation,
        Duration emailValidation,
        Duration passwordReset,
        Duration deactivation,
        Duration signIn) {}
