package io.guildhall.domain.organization;

import io.guildhall.domain.plan.PlanCatalog;
import java.time.Duration;

/**
 * The limits of invitations.
 *
 * @param plans determine the number of seats
 * @param maxPending per organization
 * @param validity how long an invitation can be accepted
 */
record InvitationPolicy(PlanCatalog plans, int maxPending, Duration validity) {}
