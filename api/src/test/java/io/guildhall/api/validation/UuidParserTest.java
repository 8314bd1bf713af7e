package io.guildhall.api.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guildhall.api.error.Problem;
import io.guildhall.api.error.RequestRejectionException;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UuidParserTest {

    @Test
    void readsAUuidInEitherCase() {
        UUID id = UUID.randomUUID();

        assertThat(UuidParser.parse(id.toString())).isEqualTo(id);
        assertThat(UuidParser.parse(id.toString().toUpperCase())).isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "1-1-1-1-1", "6f6b3c6e5d574c439e4e0c7c1d1b2a3f", "6f6b3c6e-5d57-4c43-9e4e-0c7c1d1b2a3f "})
    void refusesOtherSpellings(String text) {
        assertThat(UuidParser.parse(text)).isNull();
    }

    @Test
    void namesTheFieldOfAMalformedOne() {
        assertThatThrownBy(() -> UuidParser.require("user_id", "me"))
                .isInstanceOfSatisfying(
                        RequestRejectionException.class,
                        refused -> assertThat(refused.problem().getFields())
                                .extracting(Problem.Field::field)
                                .containsExactly("user_id"));
    }
}
