package io.guildhall.query.membership;

import java.util.UUID;

/** That somebody belongs to an organization now. */
public record MembershipView(UUID organization, UUID membership, UUID user) {}
