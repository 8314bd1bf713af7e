package io.guildhall.domain.user;

import org.jspecify.annotations.Nullable;

/**
 * The operator's contact, shown in rejections that only an operator can resolve.
 *
 * @param value an e-mail address or a URL; null if there is none
 */
public record SupportContact(@Nullable String value) {

    public SupportContact {
        value = value == null || value.isBlank() ? null : value.strip();
    }
}
