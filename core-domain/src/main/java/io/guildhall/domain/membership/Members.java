package io.guildhall.domain.membership;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import io.guildhall.domain.membership.MembershipEvent.MemberJoined;
import io.guildhall.domain.membership.MembershipEvent.MemberLeft;
import io.guildhall.domain.membership.MembershipEvent.MemberRemoved;
import io.guildhall.domain.shared.DomainRejectionException;
import io.guildhall.domain.shared.RecentIds;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.jspecify.annotations.Nullable;

/** The current members of an organization. */
public class Members {

    /** In order of joining. */
    private final Map<UUID, UUID> userByMembership = new LinkedHashMap<>();

    private final Map<UUID, UUID> membershipByUser = new HashMap<>();
    private final RecentIds ended = new RecentIds();

    public int count() {
        return userByMembership.size();
    }

    public boolean includes(@Nullable UUID user) {
        return membershipByUser.containsKey(user);
    }

    /** Whether it is among the latest ended memberships. */
    public boolean hasEnded(UUID membership) {
        return ended.contains(membership);
    }

    /** Returns the user of a membership. Rejects an unknown membership. */
    public UUID userOf(UUID membership) {
        UUID user = userByMembership.get(membership);
        if (user == null) {
            throw new DomainRejectionException(MembershipRejections.NO_SUCH_MEMBERSHIP);
        }
        return user;
    }

    /** Returns the membership of a user, or null. */
    public @Nullable UUID membershipOf(UUID user) {
        return membershipByUser.get(user);
    }

    /** Returns the oldest membership, or null if there is none. */
    public @Nullable UUID firstMembershipId() {
        return userByMembership.keySet().stream().findAny().orElse(null);
    }

    /** Rejects if there is one member only (R16: the last member can neither leave nor be removed). */
    public void requireAnother() {
        if (count() == 1) {
            throw new DomainRejectionException(MembershipRejections.LAST_MEMBER);
        }
    }

    public void join(UUID organization, UUID membership, UUID user) {
        apply(new MemberJoined(organization, membership, user, MemberRole.OWNER.storedName()));
    }

    public void leave(UUID organization, UUID membership) {
        apply(new MemberLeft(organization, membership, userOf(membership)));
    }

    public void remove(UUID organization, UUID membership) {
        apply(new MemberRemoved(organization, membership, userOf(membership)));
    }

    /**
     * For snapshots.
     *
     * @param users by membership, oldest first
     */
    public record State(Map<UUID, UUID> users, List<UUID> ended) {}

    public State state() {
        return new State(new LinkedHashMap<>(userByMembership), ended.list());
    }

    public void restore(State state) {
        state.users().forEach(this::joined);
        ended.restore(state.ended());
    }

    @EventSourcingHandler
    void on(MemberJoined event) {
        joined(event.membership(), event.user());
    }

    @EventSourcingHandler
    void on(MemberLeft event) {
        ended(event.membership(), event.user());
    }

    @EventSourcingHandler
    void on(MemberRemoved event) {
        ended(event.membership(), event.user());
    }

    private void joined(UUID membership, UUID user) {
        userByMembership.put(membership, user);
        membershipByUser.put(user, membership);
    }

    private void ended(UUID membership, UUID user) {
        userByMembership.remove(membership);
        membershipByUser.remove(user);
        ended.add(membership);
    }
}
