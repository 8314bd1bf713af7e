package io.guildhall.domain.membership;

import io.guildhall.domain.shared.EventType;
import java.util.UUID;

/** A fact of one membership; part of its organization's stream. */
public sealed interface MembershipEvent {

    UUID organization();

    /** R5, R13. */
    @EventType("member.joined")
    record MemberJoined(UUID organization, UUID membership, UUID user) implements MembershipEvent {}

    /** R15: by the person. */
    @EventType("member.left")
    record MemberLeft(UUID organization, UUID membership, UUID user) implements MembershipEvent {}

    /** R15: by somebody else. */
    @EventType("member.removed")
    record MemberRemoved(UUID organization, UUID membership, UUID user) implements MembershipEvent {}
}
