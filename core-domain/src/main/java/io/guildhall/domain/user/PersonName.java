package io.guildhall.domain.user;

import io.guildhall.domain.shared.DisplayText;
import io.guildhall.domain.shared.DomainRejectionException;

/** The name of a person, as others see it. */
public record PersonName(String value) {

    private static final int MAX_LENGTH = 128;

    /** Rejects a name that breaks {@link DisplayText the rule for displayed text} or has over 128 characters, on the field {@code name}. */
    public static PersonName of(String text) {
        String value = text.strip();
        if (value.length() > MAX_LENGTH || !DisplayText.isVisible(value) || !DisplayText.isLine(value)) {
            throw new DomainRejectionException(UserRejections.PERSON_NAME_MALFORMED);
        }
        return new PersonName(value);
    }
}
