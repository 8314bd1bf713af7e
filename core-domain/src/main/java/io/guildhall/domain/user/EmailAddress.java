package io.guildhall.domain.user;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.text.IDNA;
import com.ibm.icu.text.Normalizer2;
import com.ibm.icu.util.ULocale;
import io.guildhall.domain.shared.DisplayText;
import io.guildhall.domain.shared.DomainRejectionException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A normalized e-mail address, as it is compared (R1: one user per e-mail). The local part is in lower case and in
 * Unicode normalization form C. The domain is mapped by UTS #46 (non-transitional) and written in Unicode:
 * {@code ada@xn--bcher-kva.example} is {@code ada@bücher.example}.
 */
public record EmailAddress(String value) {

    /** Octets of the address with the domain in its ASCII form: RFC 5321, section 4.5.3.1.3, without the angle brackets. */
    private static final int MAX_OCTETS = 254;

    /** RFC 5321, section 4.5.3.1.1. */
    private static final int MAX_LOCAL_OCTETS = 64;

    private static final Pattern LOCAL_PART =
            Pattern.compile("[^@.\"(),:;<>\\[\\]\\\\\\p{C}\\p{Z}]+(\\.[^@.\"(),:;<>\\[\\]\\\\\\p{C}\\p{Z}]+)*");

    private static final Pattern NUMERIC_TOP_LEVEL = Pattern.compile(".*\\.[0-9]+");

    private static final Normalizer2 NFC = Normalizer2.getNFCInstance();

    private static final IDNA UTS46 = IDNA.getUTS46Instance(IDNA.USE_STD3_RULES
            | IDNA.CHECK_BIDI
            | IDNA.CHECK_CONTEXTJ
            | IDNA.NONTRANSITIONAL_TO_ASCII
            | IDNA.NONTRANSITIONAL_TO_UNICODE);

    /**
     * Parses and normalizes an address; surrounding whitespace is ignored.
     *
     * @throws DomainRejectionException with {@link UserRejections#EMAIL_MALFORMED} if it is not a valid address
     */
    public static EmailAddress of(String text) {
        String stripped = text.strip();
        int at = stripped.lastIndexOf('@');
        if (at < 1) {
            throw malformed();
        }
        String local = NFC.normalize(UCharacter.toLowerCase(ULocale.ROOT, NFC.normalize(stripped.substring(0, at))));
        String ascii = toAscii(stripped.substring(at + 1));
        if (ascii == null
                || !LOCAL_PART.matcher(local).matches()
                || !DisplayText.isLine(local)
                || octets(local) > MAX_LOCAL_OCTETS
                || octets(local) + 1 + ascii.length() > MAX_OCTETS) {
            throw malformed();
        }
        return new EmailAddress(local + "@" + UTS46.nameToUnicode(ascii, new StringBuilder(), new IDNA.Info()));
    }

    private static DomainRejectionException malformed() {
        return new DomainRejectionException(UserRejections.EMAIL_MALFORMED);
    }

    /** Returns the domain in ASCII, or null if it cannot be a mail domain. */
    private static @Nullable String toAscii(String domain) {
        IDNA.Info info = new IDNA.Info();
        String ascii = UTS46.nameToASCII(domain, new StringBuilder(), info).toString();
        boolean possible = !info.hasErrors()
                && ascii.indexOf('.') > 0
                && !ascii.endsWith(".")
                && !NUMERIC_TOP_LEVEL.matcher(ascii).matches();
        return possible ? ascii : null;
    }

    private static int octets(String text) {
        return text.getBytes(UTF_8).length;
    }

    /** The part before the at sign, which may contain non-ASCII characters. */
    public String localPart() {
        return value.substring(0, value.lastIndexOf('@'));
    }

    /** The address with its domain in ASCII, for mail servers. The local part is unchanged. */
    public String withAsciiDomain() {
        int at = value.lastIndexOf('@');
        return value.substring(0, at + 1)
                + UTS46.nameToASCII(value.substring(at + 1), new StringBuilder(), new IDNA.Info());
    }
}
