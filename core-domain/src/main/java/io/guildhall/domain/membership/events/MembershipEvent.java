package io.guildhall.domain.membership.events;

import java.util.UUID;

/** A fact of one membership; part of its organization's stream. */
public sealed interface MembershipEvent permits MemberJoined, MemberLeft, MemberRemoved {

    UUID organization();
}
