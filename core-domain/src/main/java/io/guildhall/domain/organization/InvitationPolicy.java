package io.guildhall.domain.organization;

import io.guildhall.domain.plan.PlanCatalog;
import java.time.Duration;

/**
 * What limits the invitations of every organization.
 *
 * @param plans how many seats there are (R9)
 * @param maxPending of one organization
 * @param validity how long an invitation can be accepted (R11)
 */
record InvitationPolicy(PlanCatalog plans, int maxPending, Duration validity) {}
