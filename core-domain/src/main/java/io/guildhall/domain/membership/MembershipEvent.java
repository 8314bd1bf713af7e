package io.guildhall.domain.membership;

import io.guildhall.domain.shared.DomainEvent;
import io.guildhall.domain.shared.EventType;
import java.util.UUID;

/** An event of a membership, in its organization's stream. */
public sealed interface MembershipEvent extends DomainEvent {

    UUID organization();

    UUID membership();

    @Override
    default UUID trail() {
        return organization();
    }

    /**
     * A user became a member: the creator of the organization (R5: the creator is the first member) or an invited user
     * (R13).
     */
    @EventType("member.joined")
    record MemberJoined(UUID organization, UUID membership, UUID user, String role) implements MembershipEvent {}

    /** The member left. */
    @EventType("member.left")
    record MemberLeft(UUID organization, UUID membership, UUID user) implements MembershipEvent {}

    /** Another member removed the member, or an operator erased the user. */
    @EventType("member.removed")
    record MemberRemoved(UUID organization, UUID membership, UUID user) implements MembershipEvent {}
}
