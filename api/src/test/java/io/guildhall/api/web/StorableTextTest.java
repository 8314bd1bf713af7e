package io.guildhall.api.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StorableTextTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "Ada", "Zoë", "\uD83D\uDE00", "line\nbreak"})
    void canBeStored(String text) {
        assertThat(StorableText.storable(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\0b", "\uD83D", "\uDE00", "\uDE00\uD83D", "\uD83Dx"})
    void cannotBeStored(String text) {
        assertThat(StorableText.storable(text)).isFalse();
    }

    @Test
    void areLookedForInAllOfAJsonValue() {
        assertThat(StorableText.storable((Object) Map.of("size", 3, "tags", List.of("a", Map.of("b", "c")))))
                .isTrue();
        assertThat(StorableText.storable((Object) Map.of("tags", List.of("a", Map.of("b", "\0")))))
                .isFalse();
        assertThat(StorableText.storable((Object) Map.of("\0", 1))).isFalse();
    }
}
