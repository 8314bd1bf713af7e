package io.guildhall.query.membership;

import java.util.UUID;

/**
 * The organization that a sign-in begins in: the one last used, or else the first one joined, of those that are active. Answered by
 * {@link DefaultOrganizationView}, or null when there is none.
 */
public record FindDefaultOrganization(UUID user) {}
