package io.guildhall.domain.organization;

import io.guildhall.domain.shared.DisplayText;
import io.guildhall.domain.shared.DomainRejectionException;
import io.guildhall.domain.user.EmailAddress;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The fields of billing information, and which of them a plan with a price requires. */
public final class BillingFields {

    public static final List<String> ALL = List.of(
            "billing_name",
            "billing_email",
            "address1",
            "address2",
            "city",
            "postal_code",
            "state",
            "country",
            "company",
            "vat_number");

    /** Required for a plan with a price. */
    static final List<String> REQUIRED = List.of("billing_name", "billing_email", "address1", "city", "country");

    private BillingFields() {}

    /**
     * Returns the fields after a change. Rejects an unknown field, a value that is too long, and an invalid e-mail
     * address.
     */
    static SequencedMap<String, String> changed(Map<String, String> current, Map<String, @Nullable String> change) {
        var fields = new TreeMap<>(current);
        change.forEach((name, value) -> {
            if (!ALL.contains(name) || value != null && !isAllowed(value)) {
                throw new DomainRejectionException(OrganizationRejections.billingFieldMalformed(name));
            }
            if (value == null || value.isBlank()) {
                fields.remove(name);
            } else {
                if (name.equals("billing_email")) {
                    requireEmail(value);
                }
                fields.put(name, value.strip());
            }
        });
        return fields;
    }

    private static boolean isAllowed(String value) {
        return value.length() <= 256 && DisplayText.isLine(value) && (value.isBlank() || DisplayText.isVisible(value));
    }

    private static void requireEmail(String value) {
        try {
            EmailAddress.of(value);
        } catch (DomainRejectionException e) {
            throw new DomainRejectionException(OrganizationRejections.BILLING_EMAIL_MALFORMED);
        }
    }

    /** Returns the required fields that are missing. */
    static List<String> missing(Map<String, String> fields) {
        return REQUIRED.stream().filter(name -> !fields.containsKey(name)).toList();
    }

    /** Formats one {@code name=value} per line; values contain no control characters. */
    static String format(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining("\n"));
    }

    /** Parses decrypted billing information; empty if it was never provided or its key is destroyed. */
    public static SequencedMap<String, String> parse(@Nullable String fields) {
        var parsed = new TreeMap<String, String>();
        if (fields != null) {
            fields.lines()
                    .forEach(line ->
                            parsed.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1)));
        }
        return parsed;
    }
}
