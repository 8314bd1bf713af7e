package io.guildhall.query.activity;

import java.util.UUID;

/**
 * A large page of an organization's trail, oldest first. Answered by an {@link ExportedPage}.
 *
 * @param after the sequence number after which it begins; 0 for the beginning
 * @param upTo the last sequence number to look at
 */
public record ExportTrail(UUID organization, ActivityFilter filter, long after, long upTo) {}
