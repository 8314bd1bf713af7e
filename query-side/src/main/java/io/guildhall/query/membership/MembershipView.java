package io.guildhall.query.membership;

import java.util.UUID;

/** A current membership. */
public record MembershipView(UUID organization, UUID membership, UUID user) {}
