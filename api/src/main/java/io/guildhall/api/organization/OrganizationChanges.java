package io.guildhall.api.organization;

import io.guildhall.api.web.FieldMask;
import io.guildhall.domain.organization.OrganizationCommand.UpdateOrganization;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

    private static final String NAME = "name";

    UpdateOrganization command(UUID organization, @Nullable String mask) {
        Map<String, @Nullable String> changes = FieldMask.changes(mask, fields(), List.of("id"));
        Map<String, @Nullable String> billing = new HashMap<>(changes);
        billing.remove(NAME);
        String newName = changes.get(NAME);
        // A name that the mask empties is refused as the malformed one that it is.
        return new UpdateOrganization(
                organization, changes.containsKey(NAME) && newName == null ? "" : newName, billing);
    }

    private Map<String, @Nullable String> fields() {
        Map<String, @Nullable String> fields = new LinkedHashMap<>();
        fields.put(NAME, name);
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
        return fields;
    }
}
