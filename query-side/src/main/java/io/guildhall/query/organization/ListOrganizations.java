package io.guildhall.query.organization;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Lists the organizations of a user. Answered by an {@link OrganizationPage}.
 *
 * @param only the only organization that the caller may see; null for all
 * @param search case-insensitive part of the name or id; null for all
 */
public record ListOrganizations(
        UUID user,
        @Nullable UUID only,
        @Nullable String search,
        List<String> statuses,
        boolean ascending,
        long limit,
        long offset) {}
