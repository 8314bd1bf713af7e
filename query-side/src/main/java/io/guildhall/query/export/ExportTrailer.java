package io.guildhall.query.export;

import java.time.Instant;

/**
 * How an export ends that has all that was asked for.
 *
 * @param count how many activities are in it
 * @param after the sequence number after which it begins; 0 for the beginning
 * @param filtered whether a search chose them
 * @param checkpoint a signed note of the whole trail up to the last activity that was looked at
 */
public record ExportTrailer(long count, long after, boolean filtered, String checkpoint, Instant at) {}
