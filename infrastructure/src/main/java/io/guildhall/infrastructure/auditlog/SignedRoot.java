package io.guildhall.infrastructure.auditlog;

import java.time.Instant;

/**
 * What was once said, and signed, about a trail.
 *
 * @param size how many activities it had
 * @param root of the log of so many
 */
public record SignedRoot(long size, byte[] root, byte[] signature, Instant signed) {}
