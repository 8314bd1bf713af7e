package io.guildhall.benchmarks.history;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An organization as its stream leaves it. */
final class Firm {

    static final int SEATS = 50;

    record Member(UUID membership, Person person) {}

    /** @param person who is invited, where it has a user already */
    record Invitation(
            UUID id,
            String email,
            String emailHash,
            Instant expiresAt,
            @Nullable Person person) {}

    record Token(UUID id, Person person) {}

    record Webhook(UUID id, boolean enabled) {}

    /** Who was a member, with the tokens that came back if the person did. */
    record Former(Person person, List<Token> tokens) {}

    final UUID id;
    final Line stream;
    final List<Member> members = new ArrayList<>();
    final List<Invitation> invitations = new ArrayList<>();
    final List<Token> tokens = new ArrayList<>();
    final List<Webhook> webhooks = new ArrayList<>();
    final List<Former> former = new ArrayList<>();
    String name;
    Line claim;
    String plan = "hobby";

    Firm(UUID id, String name, Line claim) {
        this.id = id;
        this.stream = new Line(id.toString(), "Organization");
        this.name = name;
        this.claim = claim;
    }

    boolean hasSeat() {
        return members.size() + invitations.size() < SEATS;
    }

    boolean includes(Person person) {
        return members.stream().anyMatch(member -> member.person() == person);
    }

    boolean invites(Person person) {
        return invitations.stream().anyMatch(each -> each.emailHash().equals(person.emailHash));
    }
}
