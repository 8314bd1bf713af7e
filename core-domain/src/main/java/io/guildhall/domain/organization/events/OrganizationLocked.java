package io.guildhall.domain.organization.events;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An operator has locked the organization.
 *
 * @param sealedReason why, for the members; encrypted under the organization's key
 */
public record OrganizationLocked(
        UUID organization, @Nullable String sealedReason) implements OrganizationEvent {}
