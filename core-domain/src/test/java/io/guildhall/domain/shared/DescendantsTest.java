package io.guildhall.domain.shared;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class DescendantsTest {

    private static UUID id(long n) {
        return new UUID(0, n);
    }

    @Test
    void comeEachBeforeItsOwn() {
        Map<UUID, UUID> parents = Map.of(id(2), id(1), id(3), id(1), id(4), id(2), id(9), id(8));

        assertThat(Descendants.of(id(1), parents)).isEqualTo(List.of(id(1), id(2), id(4), id(3)));
    }

    @Test
    void canBeOneOfTheOtherAHundredThousandTimes() {
        Map<UUID, UUID> parents = new HashMap<>();
        LongStream.range(1, 100_000).forEach(n -> parents.put(id(n), id(n - 1)));

        assertThat(Descendants.of(id(0), parents)).hasSize(100_000).endsWith(id(99_999));
    }
}
