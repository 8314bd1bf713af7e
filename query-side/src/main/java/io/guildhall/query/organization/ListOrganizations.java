package io.guildhall.query.organization;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The organizations that a user belongs to. Answered by an {@link OrganizationPage}.
 *
 * @param only the only one that the caller may see, or null
 * @param search case-insensitive in name or id
 */
public record ListOrganizations(
        UUID user,
        @Nullable UUID only,
        @Nullable String search,
        List<String> statuses,
        boolean ascending,
        long limit,
        long offset) {}
