package io.guildhall.query.user;

import java.util.UUID;

/**
 * A pending change of the e-mail address.
 *
 * @param email the new address
 * @param oldAddressConfirms whether the old address must confirm, too
 */
public record EmailChangeView(UUID link, String email, boolean oldAddressConfirms) {}
