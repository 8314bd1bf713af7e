package io.guildhall.domain.user;

import io.guildhall.domain.shared.DisplayText;
import io.guildhall.domain.shared.DomainRejectionException;

/** The display name of a user. */
public record PersonName(String value) {

    private static final int MAX_LENGTH = 128;

    /** Rejects a name of more than 128 characters or against {@link DisplayText the rule for displayed text}. */
    public static PersonName of(String text) {
        String value = text.strip();
        if (value.length() > MAX_LENGTH || !DisplayText.isVisible(value) || !DisplayText.isLine(value)) {
            throw new DomainRejectionException(UserRejections.PERSON_NAME_MALFORMED);
        }
        return new PersonName(value);
    }
}
