package io.guildhall.query.activity;

import java.util.List;
import java.util.UUID;

/** Of one trail: an organization's or an account's. Newest first. Answered by an {@link ActivityPage}. */
public record ListActivities(UUID trail, List<String> types, long limit, long offset) {}
