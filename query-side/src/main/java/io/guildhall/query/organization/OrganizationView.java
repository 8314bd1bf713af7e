package io.guildhall.query.organization;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code Organization} of the published contract. */
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
        String vatNumber) {}
