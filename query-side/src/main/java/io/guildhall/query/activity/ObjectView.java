package io.guildhall.query.activity;

import java.util.Map;

/** {@code Object} of the published contract. */
public record ObjectView(String id, String name, String type, Map<String, Object> metadata, boolean deleted) {}
