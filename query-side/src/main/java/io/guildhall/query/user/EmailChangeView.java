package io.guildhall.query.user;

import java.util.UUID;

/**
 * A change of the e-mail address that waits for confirmations.
 *
 * @param email the new address
 * @param oldAddressConfirms whether the old address has to confirm, too
 */
public record EmailChangeView(UUID link, String email, boolean oldAddressConfirms) {}
