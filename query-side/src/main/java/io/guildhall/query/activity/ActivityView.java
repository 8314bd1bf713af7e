package io.guildhall.query.activity;

import java.time.Instant;
import java.util.Map;

/** {@code Activity} of the published contract, and its place in the trail: from 0 on, without a gap. */
public record ActivityView(
        String id,
        ObjectView actor,
        ObjectView object,
        String verb,
        Map<String, Object> metadata,
        Instant createdAt,
        long sequence) {}
