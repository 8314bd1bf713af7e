package io.guildhall.domain.membership;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import io.guildhall.domain.kernel.CommandRefused;
import io.guildhall.domain.kernel.RecentIds;
import io.guildhall.domain.membership.events.MemberJoined;
import io.guildhall.domain.membership.events.MemberLeft;
import io.guildhall.domain.membership.events.MemberRemoved;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.jspecify.annotations.Nullable;

/** Who belongs to one organization now; part of the organization. */
public class Members {

    /** In the order of joining. */
    private final Map<UUID, UUID> accountByMembership = new LinkedHashMap<>();

    private final Map<UUID, UUID> membershipByAccount = new HashMap<>();
    private final RecentIds ended = new RecentIds();

    public int count() {
        return accountByMembership.size();
    }

    public boolean includes(@Nullable UUID account) {
        return membershipByAccount.containsKey(account);
    }

    /** Whether it is one of the latest that have ended. */
    public boolean hasEnded(UUID membership) {
        return ended.contains(membership);
    }

    /** Refuses a membership that this organization does not have. */
    public UUID accountOf(UUID membership) {
        UUID account = accountByMembership.get(membership);
        if (account == null) {
            throw CommandRefused.because(new MembershipRefusal.NoSuchMembership());
        }
        return account;
    }

    /** Null when the account is no member. */
    public @Nullable UUID membershipOf(UUID account) {
        return membershipByAccount.get(account);
    }

    /** The oldest membership, for whoever ends them one by one; null when there is none. */
    public @Nullable UUID any() {
        return accountByMembership.keySet().stream().findAny().orElse(null);
    }

    /** R16. */
    public void requireAnother() {
        if (count() == 1) {
            throw CommandRefused.because(new MembershipRefusal.LastMember());
        }
    }

    public void join(UUID organization, UUID membership, UUID account) {
        apply(new MemberJoined(organization, membership, account));
    }

    public void end(UUID organization, UUID membership, @Nullable UUID actor) {
        UUID account = accountOf(membership);
        apply(
                account.equals(actor)
                        ? new MemberLeft(organization, membership, account)
                        : new MemberRemoved(organization, membership, account));
    }

    /** For a snapshot. {@code accounts} are by membership, the oldest first. */
    public record State(Map<UUID, UUID> accounts, List<UUID> ended) {}

    public State state() {
        return new State(new LinkedHashMap<>(accountByMembership), ended.list());
    }

    public void restore(State state) {
        state.accounts().forEach(this::joined);
        ended.restore(state.ended());
    }

    @EventSourcingHandler
    void on(MemberJoined event) {
        joined(event.membership(), event.account());
    }

    @EventSourcingHandler
    void on(MemberLeft event) {
        ended(event.membership(), event.account());
    }

    @EventSourcingHandler
    void on(MemberRemoved event) {
        ended(event.membership(), event.account());
    }

    private void joined(UUID membership, UUID account) {
        accountByMembership.put(membership, account);
        membershipByAccount.put(account, membership);
    }

    private void ended(UUID membership, UUID account) {
        accountByMembership.remove(membership);
        membershipByAccount.remove(account);
        ended.add(membership);
    }
}
