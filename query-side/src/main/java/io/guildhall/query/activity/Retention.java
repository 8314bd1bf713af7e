package io.guildhall.query.activity;

import java.time.Duration;
import java.util.Map;

/**
 * For how long an organization's activities are shown, by its plan. What is older is hidden from every reading of the trail; its
 * events stay, and so do the proofs of them.
 *
 * @param byPlan a plan that is not in it shows all
 */
public record Retention(Map<String, Duration> byPlan) {}
