package io.guildhall.infrastructure.auditlog;

import java.time.Instant;

/**
 * A signed checkpoint of a trail.
 *
 * @param size number of activities
 * @param root of the log of this size
 */
public record SignedRoot(long size, byte[] root, byte[] signature, Instant signed) {}
