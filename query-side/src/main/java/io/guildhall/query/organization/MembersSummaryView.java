package io.guildhall.query.organization;

import java.util.Map;

/** Counts are strings on the wire (int64). */
public record MembersSummaryView(String total, Map<String, String> invitationsByStatus) {}
