package io.guildhall.domain.organization.events;

import java.util.UUID;

/** R8. Sealed under the organization's key, as one text of all billing fields, {@code name=value} a line; {@code complete}: enough for a plan with a price. */
public record BillingInformationGiven(UUID organization, String sealedFields, boolean complete)
        implements OrganizationEvent {}
