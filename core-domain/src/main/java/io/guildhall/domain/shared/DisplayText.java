package io.guildhall.domain.shared;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UProperty;
import java.util.regex.Pattern;

/**
 * The rule for text that one user writes and others read: names, descriptions, reasons, billing fields. Such text
 * appears on pages, in mails and in exports, where invisible or reordering characters could disguise it.
 *
 * <p>Rejected: control characters, bidirectional controls, invisible characters, private-use and unassigned code
 * points, lone surrogates, and RFC 2047 encoded-words, which a mail program would decode. Allowed in the contexts that
 * need them: U+200C and U+200D (after a virama, between joining letters, within an emoji) and variation selectors after
 * an emoji.
 */
public final class DisplayText {

    /** The rule of {@link #isLine} and {@link #isText}, for error messages. */
    public static final String RULE =
            "no control, bidirectional or invisible characters, and no encoded-words such as =?utf-8?Q?...?=";

    private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
    private static final int ZERO_WIDTH_JOINER = 0x200D;
    private static final int TEXT_PRESENTATION = 0xFE0E;
    private static final int EMOJI_PRESENTATION = 0xFE0F;
    private static final int BRAILLE_BLANK = 0x2800;
    private static final int VIRAMA = 9;

    private static final Pattern ENCODED_WORD = Pattern.compile("=\\?[^?\\s]*\\?[BbQq]\\?");

    private static final Pattern URL =
            Pattern.compile("(?iu)://|\\bwww\\.|[\\p{L}\\p{N}]\\p{M}*[.\u3002\uFF0E\uFF61][\\p{L}\\p{M}]{2,}");

    private DisplayText() {}

    /** Whether the text is allowed in a single-line field. Empty text is. */
    public static boolean isLine(String text) {
        return isAllowed(text, false);
    }

    /** Whether the text is allowed in a field with line breaks ({@code \n} or {@code \r\n}), such as a description. */
    public static boolean isText(String text) {
        return isAllowed(text, true);
    }

    /** Whether the text has a visible character: a letter, a digit, punctuation or a symbol. */
    public static boolean isVisible(String text) {
        return text.codePoints().anyMatch(DisplayText::isVisible);
    }

    /**
     * Whether a mail program may show part of the text as a link. Such text of one user is kept out of the subject and
     * first line of mails to others.
     */
    public static boolean mayContainUrl(String text) {
        return URL.matcher(text).find();
    }

    private static boolean isVisible(int c) {
        return switch (Character.getType(c)) {
            case Character.UPPERCASE_LETTER,
                    Character.LOWERCASE_LETTER,
                    Character.TITLECASE_LETTER,
                    Character.MODIFIER_LETTER,
                    Character.OTHER_LETTER,
                    Character.DECIMAL_DIGIT_NUMBER,
                    Character.LETTER_NUMBER,
                    Character.OTHER_NUMBER,
                    Character.DASH_PUNCTUATION,
                    Character.START_PUNCTUATION,
                    Character.END_PUNCTUATION,
                    Character.CONNECTOR_PUNCTUATION,
                    Character.OTHER_PUNCTUATION,
                    Character.INITIAL_QUOTE_PUNCTUATION,
                    Character.FINAL_QUOTE_PUNCTUATION,
                    Character.MATH_SYMBOL,
                    Character.CURRENCY_SYMBOL,
                    Character.MODIFIER_SYMBOL,
                    Character.OTHER_SYMBOL -> c != BRAILLE_BLANK && !isIgnorable(c);
            default -> false;
        };
    }

    private static boolean isAllowed(String text, boolean lineBreaks) {
        if (ENCODED_WORD.matcher(text).find()) {
            return false;
        }
        int[] codePoints = text.codePoints().toArray();
        for (int i = 0; i < codePoints.length; i++) {
            boolean allowed = switch (codePoints[i]) {
                case '\n' -> lineBreaks;
                case '\r' -> lineBreaks && i + 1 < codePoints.length && codePoints[i + 1] == '\n';
                case ZERO_WIDTH_NON_JOINER -> followsVirama(codePoints, i) || joinsLetters(codePoints, i);
                case ZERO_WIDTH_JOINER -> followsVirama(codePoints, i) || joinsEmoji(codePoints, i);
                case TEXT_PRESENTATION, EMOJI_PRESENTATION -> i > 0 && has(codePoints[i - 1], UProperty.EMOJI);
                default -> isAllowed(codePoints[i]);
            };
            if (!allowed) {
                return false;
            }
        }
        return true;
    }

    private static boolean isAllowed(int c) {
        return switch (UCharacter.getType(c)) {
            case UCharacter.CONTROL,
                    UCharacter.SURROGATE,
                    UCharacter.PRIVATE_USE,
                    UCharacter.UNASSIGNED,
                    UCharacter.LINE_SEPARATOR,
                    UCharacter.PARAGRAPH_SEPARATOR -> false;
            default -> c != BRAILLE_BLANK && !isIgnorable(c) && !has(c, UProperty.BIDI_CONTROL) && !isAnnotation(c);
        };
    }

    private static boolean isIgnorable(int c) {
        return has(c, UProperty.DEFAULT_IGNORABLE_CODE_POINT);
    }

    /** Interlinear annotation characters have no glyph of their own. */
    private static boolean isAnnotation(int c) {
        return c >= 0xFFF9 && c <= 0xFFFB;
    }

    private static boolean has(int c, int property) {
        return UCharacter.hasBinaryProperty(c, property);
    }

    /** RFC 5892, appendices A.1 and A.2. */
    private static boolean followsVirama(int[] text, int at) {
        return at > 0 && UCharacter.getCombiningClass(text[at - 1]) == VIRAMA;
    }

    /** RFC 5892, appendix A.1: between letters that would join without it, marks between them aside. */
    private static boolean joinsLetters(int[] text, int at) {
        int before = at - 1;
        while (before >= 0 && joiningType(text[before]) == UCharacter.JoiningType.TRANSPARENT) {
            before--;
        }
        int after = at + 1;
        while (after < text.length && joiningType(text[after]) == UCharacter.JoiningType.TRANSPARENT) {
            after++;
        }
        return before >= 0
                && after < text.length
                && (joiningType(text[before]) == UCharacter.JoiningType.LEFT_JOINING
                        || joiningType(text[before]) == UCharacter.JoiningType.DUAL_JOINING)
                && (joiningType(text[after]) == UCharacter.JoiningType.RIGHT_JOINING
                        || joiningType(text[after]) == UCharacter.JoiningType.DUAL_JOINING);
    }

    private static int joiningType(int c) {
        return UCharacter.getIntPropertyValue(c, UProperty.JOINING_TYPE);
    }

    /** Within a sequence such as a family: an emoji, possibly with a modifier, on either side. */
    private static boolean joinsEmoji(int[] text, int at) {
        return at > 0
                && at + 1 < text.length
                && (has(text[at - 1], UProperty.EXTENDED_PICTOGRAPHIC)
                        || has(text[at - 1], UProperty.EMOJI_MODIFIER)
                        || text[at - 1] == EMOJI_PRESENTATION)
                && has(text[at + 1], UProperty.EXTENDED_PICTOGRAPHIC);
    }
}
