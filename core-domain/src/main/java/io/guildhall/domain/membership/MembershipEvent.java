package io.guildhall.domain.membership;

import io.guildhall.domain.shared.DomainEvent;
import io.guildhall.domain.shared.EventType;
import java.util.UUID;

/** A fact of one membership; part of its organization's stream. */
public sealed interface MembershipEvent extends DomainEvent {

    UUID organization();

    UUID membership();

    @Override
    default UUID trail() {
        return organization();
    }

    /** The creator of an organization (R5), or a user who accepted an invitation (R13), is a member. */
    @EventType("member.joined")
    record MemberJoined(UUID organization, UUID membership, UUID user, String role) implements MembershipEvent {}

    /** The member left; any member may (R15). */
    @EventType("member.left")
    record MemberLeft(UUID organization, UUID membership, UUID user) implements MembershipEvent {}

    /** Another member removed the member, or an operator erased the user; any member may remove any member (R15). */
    @EventType("member.removed")
    record MemberRemoved(UUID organization, UUID membership, UUID user) implements MembershipEvent {}
}
