package io.guildhall.domain.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guildhall.domain.shared.DomainRejectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PersonNameTest {

    @ParameterizedTest
    @ValueSource(strings = {"A", "Ada Lovelace", "李", "O'Brien-Żak", "🙂", "<b>Ada</b>"})
    void takesAnyVisibleName(String text) {
        assertThat(PersonName.of(text).value()).isEqualTo(text);
    }

    @Test
    void isTrimmed() {
        assertThat(PersonName.of("  Ada \t").value()).isEqualTo("Ada");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "\u200b", "\u00a0\u2060", "Ada\nLovelace", "Ada\u0000", "Ada\u0085X"})
    void refusesWhatCannotBeSeenOrBreaksALine(String text) {
        refuses(text);
    }

    @Test
    void hasAtMost128Characters() {
        assertThat(PersonName.of("a".repeat(128)).value()).hasSize(128);
        refuses("a".repeat(129));
    }

    private static void refuses(String text) {
        assertThatThrownBy(() -> PersonName.of(text))
                .isInstanceOfSatisfying(
                        DomainRejectionException.class,
                        refused -> assertThat(refused.rejection()).isEqualTo(UserRejections.PERSON_NAME_MALFORMED));
    }
}
