package io.guildhall.query.activity;

import java.time.Instant;
import java.util.Map;

/**
 * {@code Activity} of the published contract.
 *
 * @param event the logical name of the event, such as {@code member.removed}: an addition to the contract
 * @param sequence its number in the trail, from 1 without gaps: an addition to the contract
 */
public record ActivityView(
        String id,
        ObjectView actor,
        ObjectView object,
        String event,
        String verb,
        Map<String, Object> metadata,
        Instant createdAt,
        long sequence) {}
