package io.guildhall.benchmarks.history;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A user as its stream leaves it. */
final class Person {

    record Session(UUID id, @Nullable UUID organization, Instant expiresAt) {}

    final UUID user;
    final Line stream;
    final List<Session> sessions = new ArrayList<>();
    final List<UUID> organizations = new ArrayList<>();
    final List<String> formerAddresses = new ArrayList<>();
    String email;
    String emailHash;
    Line claim;
    boolean newsletter;
    boolean deploymentMails = true;
    boolean erased;
    int membershipLimit = 5;

    Person(UUID user, String email, String emailHash, Line claim) {
        this.user = user;
        this.stream = new Line(user.toString(), "User");
        this.email = email;
        this.emailHash = emailHash;
        this.claim = claim;
    }

    boolean canJoin() {
        return organizations.size() < membershipLimit;
    }
}
