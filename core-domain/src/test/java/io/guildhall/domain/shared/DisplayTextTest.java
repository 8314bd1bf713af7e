package io.guildhall.domain.shared;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DisplayTextTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Ada Lovelace",
                "O'Brien-Żak",
                "李",
                "محمد",
                "می\u200cخواهم",
                "क्\u200dष",
                "क्\u200cष",
                "❤\ufe0f",
                "👩\u200d👩\u200d👧",
                "👩🏽\u200d🚀",
                "a = b ? c : d",
                "http://example.com"
            })
    void allowsWhatPeopleWrite(String text) {
        assertThat(DisplayText.isLine(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\u0000b",
                "a\tb",
                "a\u001bb",
                "a\u007fb",
                "a\u0085b",
                "a\u2028b",
                "a\u2029b",
                "a\u00adb",
                "a\u034fb",
                "a\u061cb",
                "a\u180eb",
                "a\u200bb",
                "a\u200cb",
                "a\u200db",
                "a\u200eb",
                "a\u200fb",
                "a\u202eb",
                "a\u2060b",
                "a\u2066b",
                "a\u206ab",
                "a\u2800b",
                "a\u3164b",
                "a\uffa0b",
                "a\ufe0fb",
                "a\ufeffb",
                "a\ufff9b",
                "a\ue000b",
                "a\uffffb",
                "a\ud800b",
                "a\udb40\udc41b",
                "=?utf-8?Q?Win?=",
                "x =?ISO-8859-1*en?b?V2lu?= y",
                "=?utf-8?Q?Win"
            })
    void rejectsWhatMisleads(String text) {
        assertThat(DisplayText.isLine(text)).isFalse();
        assertThat(DisplayText.isText(text)).isFalse();
    }

    /**
     * Invisible after any character and thus able to hide data in a name. U+FE0E and U+FE0F choose the presentation of
     * an emoji.
     */
    @ParameterizedTest
    @ValueSource(strings = {"a", "❤", "李", "葛"})
    void rejectsVariationSelectorsButThoseOfEmoji(String before) {
        IntStream.concat(IntStream.rangeClosed(0xFE00, 0xFE0D), IntStream.rangeClosed(0xE0100, 0xE01EF))
                .forEach(selector -> assertRejected(before, selector));
    }

    /** Tag characters can hide text, also after the flag emoji for which they exist. */
    @ParameterizedTest
    @ValueSource(strings = {"a", "🏴"})
    void rejectsTagCharacters(String before) {
        IntStream.rangeClosed(0xE0000, 0xE007F).forEach(tag -> assertRejected(before, tag));
    }

    private static void assertRejected(String before, int codePoint) {
        String text = before + Character.toString(codePoint) + "b";
        assertThat(DisplayText.isText(text)).as(Integer.toHexString(codePoint)).isFalse();
    }

    @Test
    void allowsLineBreaksInDescriptionsOnly() {
        assertThat(DisplayText.isText("a\nb\r\nc")).isTrue();
        assertThat(DisplayText.isLine("a\nb")).isFalse();
        assertThat(DisplayText.isText("a\rb")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\u00a0\u3000", "\u0301", "\u2800", "\u3164", "\u115f\u1160"})
    void seesNothing(String text) {
        assertThat(DisplayText.isVisible(text)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "1", "-", "李", "🙂", " x "})
    void seesSomething(String text) {
        assertThat(DisplayText.isVisible(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://x",
                "see www.x",
                "evil.example",
                "Win at EVIL.Example/now",
                "evil。example",
                "пример.рф",
                "1.com"
            })
    void findsUrls(String text) {
        assertThat(DisplayText.mayContainUrl(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Ada Lovelace", "J. R. R. Tolkien", "J.R.R. Tolkien", "Ada, Ltd.", "No. 5", "3.14"})
    void takesNamesForNoUrls(String text) {
        assertThat(DisplayText.mayContainUrl(text)).isFalse();
    }
}
