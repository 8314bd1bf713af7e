package io.guildhall.query.activity;

import java.time.Instant;
import java.util.Map;

/** {@code Activity} of the published contract. */
public record ActivityView(
        String id, ObjectView actor, ObjectView object, String verb, Map<String, Object> metadata, Instant createdAt) {}
