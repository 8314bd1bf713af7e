package io.guildhall.domain.account.events;

import java.time.Instant;
import java.util.UUID;

/**
 * The user asks for another e-mail address. The address of now stays until the change is confirmed.
 *
 * @param link the mailed one, without being its secret
 * @param oldAddressConfirms whether the change needs a confirmation from the address of now, beside one from the new address
 */
public record EmailChangeRequested(
        UUID account, String sealedEmail, String emailHash, UUID link, Instant expiresAt, boolean oldAddressConfirms)
        implements AccountEvent {}
