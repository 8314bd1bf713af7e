package io.guildhall.domain.organization.events;

import java.util.UUID;

/** R8. Sealed under the organization's key, as one JSON object of all billing fields; {@code complete}: enough for a plan with a price. */
public record BillingInformationGiven(UUID organization, String sealedFields, boolean complete) implements OrganizationEvent {}
