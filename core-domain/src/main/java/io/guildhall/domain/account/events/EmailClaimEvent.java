package io.guildhall.domain.account.events;

/** A fact of the set of addresses in use; decides R1 at the append. */
public sealed interface EmailClaimEvent permits EmailClaimed, EmailReleased {}
