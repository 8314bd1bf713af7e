package io.guildhall.query.activity;

import java.util.Map;
import java.util.UUID;

/** Each trail's last sequence number; 0 of one without any activity. */
public record HeadsView(Map<UUID, Long> heads) {}
