package io.guildhall.domain.organization;

import io.guildhall.domain.shared.DomainRejectionException;
import java.util.regex.Pattern;

/** The name of an organization (R4: 1 to 39 of {@code a-z 0-9 -}, alphanumeric at both ends, no {@code --}). */
public record OrganizationName(String value) {

    private static final Pattern SHAPE = Pattern.compile("[a-z0-9](-?[a-z0-9])*");

    public static OrganizationName of(String text) {
        if (text.length() > 39 || !SHAPE.matcher(text).matches()) {
            throw new DomainRejectionException(OrganizationRejections.NAME_MALFORMED);
        }
        return new OrganizationName(text);
    }
}
