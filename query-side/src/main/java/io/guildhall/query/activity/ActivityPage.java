package io.guildhall.query.activity;

import java.util.List;

/** An envelope of the published contract. */
public record ActivityPage(List<ActivityView> activities, long limit, long offset, boolean hasNext) {}
