package io.guildhall.domain.account;

import io.guildhall.domain.kernel.CommandRefused;
import java.util.Locale;
import java.util.regex.Pattern;

/** An e-mail address as the rules compare it: trimmed and lower-cased (R1). */
public record EmailAddress(String value) {

    private static final int LONGEST = 254;
    private static final Pattern SHAPE = Pattern.compile(
            "(?!\\.)[^@\"(),:;<>\\[\\]\\\\\\p{C}\\p{Z}]{1,64}(?<!\\.)@[\\p{L}\\p{N}]([\\p{L}\\p{N}-]*[\\p{L}\\p{N}])?(\\.[\\p{L}\\p{N}]([\\p{L}\\p{N}-]*[\\p{L}\\p{N}])?)+");

    /** Refuses what is no address, naming the field {@code email}. */
    public static EmailAddress of(String text) {
        String value = text.strip().toLowerCase(Locale.ROOT);
        if (value.length() > LONGEST || !SHAPE.matcher(value).matches() || value.contains("..")) {
            throw CommandRefused.because(new AccountRefusal.EmailMalformed());
        }
        return new EmailAddress(value);
    }
}
