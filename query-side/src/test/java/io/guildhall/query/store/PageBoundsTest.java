package io.guildhall.query.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PageBoundsTest {

    @Test
    void keepToAHundredWhateverIsAsked() {
        assertThat(PageBounds.of(1_000, 7)).isEqualTo(new PageBounds(100, 7));
        assertThat(PageBounds.of(-1, -1)).isEqualTo(new PageBounds(0, 0));
    }

    @Test
    void countOnlyWhenThePageDoesNotTell() {
        List<String> two = List.of("a", "b");

        assertThat(PageBounds.of(3, 4).total(two, () -> 99)).isEqualTo(6);
        assertThat(PageBounds.of(3, 0).total(List.of(), () -> 99)).isZero();
        assertThat(PageBounds.of(2, 0).total(two, () -> 99)).isEqualTo(99);
        assertThat(PageBounds.of(3, 4).total(List.of(), () -> 99)).isEqualTo(99);
    }
}
