package io.guildhall.api.organization;

import io.guildhall.domain.organization.OrganizationCommand.UpdateOrganization;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The fields of an organization that a caller can change. */
record OrganizationChanges(
        @Nullable String name,
        @Nullable String billingName,
        @Nullable String billingEmail,
        @Nullable String address1,
        @Nullable String address2,
        @Nullable String city,
        @Nullable String postalCode,
        @Nullable String state,
        @Nullable String country,
        @Nullable Boolean company,
        @Nullable String vatNumber) {

    UpdateOrganization command(UUID organization) {
        Map<String, @Nullable String> fields = new HashMap<>();
        fields.put("billing_name", billingName);
        fields.put("billing_email", billingEmail);
        fields.put("address1", address1);
        fields.put("address2", address2);
        fields.put("city", city);
        fields.put("postal_code", postalCode);
        fields.put("state", state);
        fields.put("country", country);
        fields.put("company", company == null ? null : company.toString());
        fields.put("vat_number", vatNumber);
        fields.values().removeIf(Objects::isNull);
        return new UpdateOrganization(organization, name, fields);
    }
}
