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

/** The billing information of an organization: which fields there are, and when it is enough for a plan with a price (R8). */
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

    /** Without these a plan with a price is refused. */
    static final List<String> REQUIRED = List.of("billing_name", "billing_email", "address1", "city", "country");

    private BillingFields() {}

    /** The fields as they stand after the change. Refuses an unknown field, a value that is too long, and what is no e-mail address. */
    static SequencedMap<String, String> changed(Map<String, String> was, Map<String, @Nullable String> change) {
        var fields = new TreeMap<>(was);
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

    /** What a plan with a price needs and these fields do not have. */
    static List<String> missing(Map<String, String> fields) {
        return REQUIRED.stream().filter(name -> !fields.containsKey(name)).toList();
    }

    /** One {@code name=value} a line: values have no control characters. */
    static String format(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining("\n"));
    }

    /** Reads what an event has sealed; nothing when it was never given or is forgotten. */
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
