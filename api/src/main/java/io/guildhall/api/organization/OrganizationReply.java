package io.guildhall.api.organization;

import io.guildhall.query.organization.OrganizationView;

/** The contract's envelope of one organization. */
record OrganizationReply(OrganizationView organization) {}
