package io.guildhall.domain.account;

import io.guildhall.domain.kernel.CommandRefused;
import java.util.regex.Pattern;

/** What a person is called. */
public record PersonName(String value) {

    private static final int LONGEST = 128;

    private static final Pattern VISIBLE = Pattern.compile("[\\p{L}\\p{N}\\p{P}\\p{S}]");

    /** Refuses an invisible or oversized name, naming the field {@code name}. */
    public static PersonName of(String text) {
        String value = text.strip();
        if (!VISIBLE.matcher(value).find()
                || value.length() > LONGEST
                || value.chars().anyMatch(Character::isISOControl)) {
            throw CommandRefused.because(new AccountRefusal.PersonNameMalformed());
        }
        return new PersonName(value);
    }
}
