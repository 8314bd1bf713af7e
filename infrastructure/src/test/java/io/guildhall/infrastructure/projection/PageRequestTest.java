package io.guildhall.infrastructure.projection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PageRequestTest {

    @Test
    void keepToAHundredWhateverIsAsked() {
        assertThat(PageRequest.of(1_000, 7)).isEqualTo(new PageRequest(100, 7));
        assertThat(PageRequest.of(-1, -1)).isEqualTo(new PageRequest(0, 0));
    }

    @Test
    void countOnlyWhenThePageDoesNotTell() {
        List<String> two = List.of("a", "b");

        assertThat(PageRequest.of(3, 4).total(two, () -> 99)).isEqualTo(6);
        assertThat(PageRequest.of(3, 0).total(List.of(), () -> 99)).isZero();
        assertThat(PageRequest.of(2, 0).total(two, () -> 99)).isEqualTo(99);
        assertThat(PageRequest.of(3, 4).total(List.of(), () -> 99)).isEqualTo(99);
    }
}
