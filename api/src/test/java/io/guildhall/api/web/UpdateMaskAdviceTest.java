package io.guildhall.api.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guildhall.api.error.Problem;
import io.guildhall.api.error.RequestRejectionException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FieldMaskTest {

    private final Map<String, @Nullable String> body = new LinkedHashMap<>();

    @BeforeEach
    void fillTheBody() {
        body.put("name", "acme");
        body.put("city", null);
        body.put("country", "FR");
    }

    @Test
    void countsWhatTheBodyHasWhenThereIsNone() {
        assertThat(changes(null)).containsOnly(Map.entry("name", "acme"), Map.entry("country", "FR"));
        assertThat(changes("")).containsOnlyKeys("name", "country");
    }

    @Test
    void countsOnlyWhatItNames() {
        assertThat(changes("name")).containsOnly(Map.entry("name", "acme"));
    }

    @Test
    void emptiesWhatItNamesAndTheBodyLacks() {
        assertThat(changes("city, country")).containsOnlyKeys("city", "country").containsEntry("city", null);
    }

    @Test
    void passesOverFieldsThatCannotBeChanged() {
        assertThat(changes("id,name")).containsOnlyKeys("name");
    }

    @Test
    void refusesFieldsThatThereAreNot() {
        assertThatThrownBy(() -> changes("name,password"))
                .isInstanceOfSatisfying(
                        RequestRejectionException.class,
                        refused -> assertThat(refused.problem().getFields())
                                .extracting(Problem.Field::field)
                                .containsExactly("update_mask"));
    }

    private Map<String, @Nullable String> changes(@Nullable String mask) {
        return FieldMask.changes(mask, body, List.of("id"));
    }
}
