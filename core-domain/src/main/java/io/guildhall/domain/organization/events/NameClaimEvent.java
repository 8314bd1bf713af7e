package io.guildhall.domain.organization.events;

/** A fact of the set of names in use; decides R4 at the append. */
public sealed interface NameClaimEvent permits NameClaimed, NameReleased {}
