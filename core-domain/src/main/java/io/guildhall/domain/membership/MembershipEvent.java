package io.guildhall.domain.membership;

import java.util.UUID;

/** A fact of one membership; part of its organization's stream. */
public sealed interface MembershipEvent {

    UUID organization();

    /** R5, R13. */
    record MemberJoined(UUID organization, UUID membership, UUID user) implements MembershipEvent {}

    /** R15: by the person. */
    record MemberLeft(UUID organization, UUID membership, UUID user) implements MembershipEvent {}

    /** R15: by somebody else. */
    record MemberRemoved(UUID organization, UUID membership, UUID user) implements MembershipEvent {}
}
