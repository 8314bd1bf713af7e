package io.guildhall.domain.shared;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RecentIdsTest {

    private final RecentIds recent = new RecentIds();

    @Test
    void keepsTheLatest() {
        List<UUID> ids =
                Stream.generate(UUID::randomUUID).limit(RecentIds.MAX_SIZE + 2).toList();
        ids.forEach(recent::add);

        assertThat(recent.list()).isEqualTo(ids.subList(2, ids.size()));
        assertThat(recent.contains(ids.get(1))).isFalse();
        assertThat(recent.contains(ids.get(2))).isTrue();
    }

    @Test
    void isRestoredInItsOrder() {
        List<UUID> ids =
                Stream.generate(UUID::randomUUID).limit(RecentIds.MAX_SIZE).toList();
        recent.restore(ids);
        UUID next = UUID.randomUUID();
        recent.add(next);

        assertThat(recent.list())
                .hasSize(RecentIds.MAX_SIZE)
                .startsWith(ids.get(1))
                .endsWith(next);
    }
}
