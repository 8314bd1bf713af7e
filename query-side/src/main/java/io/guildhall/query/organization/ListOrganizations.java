package io.guildhall.query.organization;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The organizations an account belongs to. {@code search}: case-insensitive in name or id. Answered by an {@link OrganizationPage}. */
public record ListOrganizations(
        UUID account, @Nullable String search, List<String> statuses, boolean ascending, long limit, long offset) {}
