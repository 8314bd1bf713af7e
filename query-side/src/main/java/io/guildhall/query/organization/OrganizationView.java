package io.guildhall.query.organization;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code Organization} of the published contract.
 *
 * @param lockReason why an operator has locked the organization, an addition to the contract; null if it is not locked
 */
public record OrganizationView(
        String id,
        String externalId,
        String name,
        String plan,
        Instant planUpdatedAt,
        String status,
        String statusMessage,
        String deactivationReason,
        boolean verified,
        boolean provisioning,
        boolean hasPaymentMethod,
        String subscriptionId,
        String currentSubscriptionId,
        String latestSubscriptionId,
        @Nullable Map<String, Object> signupQualification,
        boolean trialing,
        List<String> emailDomainAllowlist,
        String defaultProjectId,
        String billingName,
        String billingEmail,
        String address1,
        String address2,
        String city,
        String postalCode,
        String state,
        String country,
        boolean company,
        String vatNumber,
        @Nullable String lockReason) {

    /** The columns that {@link #read} needs, of the table {@code organizations} joined as {@code o}. */
    public static final String COLUMNS =
            "o.organization, o.name, o.plan, o.plan_updated, o.shown_status, o.deactivation_reason, o.billing, o.signup_qualification, o.lock_reason";

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};
    private static final TypeReference<Map<String, String>> FIELDS = new TypeReference<>() {};

    public static OrganizationView read(ResultSet row) throws SQLException {
        String storedBilling = row.getString("billing");
        Map<String, String> billing = storedBilling.equals("{}") ? Map.of() : JSON.readValue(storedBilling, FIELDS);
        String qualification = row.getString("signup_qualification");
        String status = row.getString("shown_status");
        return new OrganizationView(
                row.getString("organization"),
                "",
                row.getString("name"),
                row.getString("plan"),
                row.getObject("plan_updated", OffsetDateTime.class).toInstant(),
                status,
                status.equals("LOCKED") ? "LOCKED" : "VALID",
                row.getString("deactivation_reason"),
                true,
                false,
                false,
                "",
                "",
                "",
                qualification == null ? null : JSON.readValue(qualification, OBJECT),
                false,
                List.of(),
                "",
                billing.getOrDefault("billing_name", ""),
                billing.getOrDefault("billing_email", ""),
                billing.getOrDefault("address1", ""),
                billing.getOrDefault("address2", ""),
                billing.getOrDefault("city", ""),
                billing.getOrDefault("postal_code", ""),
                billing.getOrDefault("state", ""),
                billing.getOrDefault("country", ""),
                Boolean.parseBoolean(billing.get("company")),
                billing.getOrDefault("vat_number", ""),
                row.getString("lock_reason"));
    }
}
