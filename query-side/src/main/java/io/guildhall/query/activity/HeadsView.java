package io.guildhall.query.activity;

import java.util.Map;
import java.util.UUID;

/** The last sequence number by trail; 0 for a trail without activities. */
public record HeadsView(Map<UUID, Long> heads) {}
