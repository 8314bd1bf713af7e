package io.guildhall.domain.user;

import org.jspecify.annotations.Nullable;

/**
 * Where users reach the operator, for a rejection that only an operator can lift.
 *
 * @param value an e-mail address or a URL, or null if the operator names no contact
 */
public record SupportContact(@Nullable String value) {

    public SupportContact {
        value = value == null || value.isBlank() ? null : value.strip();
    }
}
