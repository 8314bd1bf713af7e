package io.guildhall.query.organization;

import java.util.UUID;

/** One organization with a long act under way. */
public record Unfinished(UUID organization, String status) {}
