package io.guildhall.query.membership;

import java.util.UUID;

/**
 * Finds the organization in which a session starts: of the user's active organizations the last used one, or else the
 * first joined. Answered by {@link DefaultOrganizationView}, or null if there is none.
 */
public record FindDefaultOrganization(UUID user) {}
