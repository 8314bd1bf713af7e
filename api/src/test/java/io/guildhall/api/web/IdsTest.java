package io.guildhall.api.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guildhall.domain.shared.CommandRefused;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdsTest {

    @Test
    void readsAUuidInEitherCase() {
        UUID id = UUID.randomUUID();

        assertThat(Ids.parse(id.toString())).isEqualTo(id);
        assertThat(Ids.parse(id.toString().toUpperCase())).isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "1-1-1-1-1", "6f6b3c6e5d574c439e4e0c7c1d1b2a3f", "6f6b3c6e-5d57-4c43-9e4e-0c7c1d1b2a3f "})
    void refusesOtherSpellings(String text) {
        assertThat(Ids.parse(text)).isNull();
    }

    @Test
    void takesAnEmptyOptionalIdForNone() {
        assertThat(Ids.optional("user_id", "")).isNull();
        assertThat(Ids.optional("user_id", null)).isNull();
    }

    @Test
    void namesTheFieldOfAMalformedOne() {
        assertThatThrownBy(() -> Ids.optional("user_id", "me"))
                .isInstanceOfSatisfying(
                        CommandRefused.class,
                        refused -> assertThat(refused.refusal().field()).isEqualTo("user_id"));
    }
}
