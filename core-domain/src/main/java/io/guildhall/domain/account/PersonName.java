package io.guildhall.domain.account;

import io.guildhall.domain.kernel.CommandRefused;

/** What a person is called. */
public record PersonName(String value) {

    private static final int LONGEST = 128;

    /** Refuses an empty or oversized name, naming the field {@code name}. */
    public static PersonName of(String text) {
        String value = text.strip();
        if (value.isEmpty() || value.length() > LONGEST || value.chars().anyMatch(Character::isISOControl)) {
            throw CommandRefused.because(new AccountRefusal.PersonNameMalformed());
        }
        return new PersonName(value);
    }
}
