package io.guildhall.domain.account.events;

import java.util.UUID;

/** The link that was mailed to the OLD_ADDRESS or the NEW_ADDRESS was followed. */
public record EmailChangeConfirmed(UUID account, UUID link, String by) implements AccountEvent {

    public static final String OLD_ADDRESS = "OLD_ADDRESS";
    public static final String NEW_ADDRESS = "NEW_ADDRESS";
}
