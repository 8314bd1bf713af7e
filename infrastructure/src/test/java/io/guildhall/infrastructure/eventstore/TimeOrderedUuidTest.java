package io.guildhall.infrastructure.eventstore;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.axonframework.common.IdentifierFactory;
import org.axonframework.eventhandling.GenericEventMessage;
import org.junit.jupiter.api.Test;

class TimeOrderedUuidTest {

    private static final Instant NOW = Instant.parse("2026-11-28T05:00:00.123456Z");
    private static final int MILLION = 1_000_000;

    @Test
    void hasVersionAndVariant() {
        for (int i = 0; i < 1_000; i++) {
            assertThat(TimeOrderedUuid.version4(NOW).version()).isEqualTo(4);
            assertThat(TimeOrderedUuid.version4(NOW).variant()).isEqualTo(2);
            assertThat(TimeOrderedUuid.version7(NOW).version()).isEqualTo(7);
            assertThat(TimeOrderedUuid.version7(NOW).variant()).isEqualTo(2);
        }
    }

    @Test
    void beginsWithTheMilliseconds() {
        assertThat(milliseconds(TimeOrderedUuid.version4(NOW))).isEqualTo(NOW.toEpochMilli());
        assertThat(milliseconds(TimeOrderedUuid.version7(NOW))).isEqualTo(NOW.toEpochMilli());
    }

    /** PostgreSQL orders UUIDs like their text, unlike Java. */
    @Test
    void sortsByTime() {
        sortsByTime(TimeOrderedUuid::version4);
        sortsByTime(TimeOrderedUuid::version7);
    }

    private static void sortsByTime(Function<Instant, UUID> ids) {
        List<String> made = IntStream.range(0, 10_000)
                .mapToObj(n -> ids.apply(NOW.plusMillis(n)).toString())
                .toList();
        assertThat(made).isSorted();
        assertThat(ids.apply(Instant.EPOCH).toString()).isLessThan(made.getFirst());
        assertThat(ids.apply(Instant.parse("9999-12-31T23:59:59Z")).toString()).isGreaterThan(made.getLast());
    }

    @Test
    void isUniqueWithinOneMillisecond() {
        Set<UUID> made = HashSet.newHashSet(2 * MILLION);
        for (int i = 0; i < MILLION; i++) {
            made.add(TimeOrderedUuid.version4(NOW));
            made.add(TimeOrderedUuid.version7(NOW));
        }
        assertThat(made).hasSize(2 * MILLION);
    }

    @Test
    void followsFromItsTimeAndItsRandomBytes() {
        byte[] random = new byte[TimeOrderedUuid.RANDOM_BYTES];
        assertThat(TimeOrderedUuid.version4(NOW, random)).hasToString("01a22086-44fb-4000-8000-000000000000");
        random[9] = 1;
        assertThat(TimeOrderedUuid.version4(NOW, random)).hasToString("01a22086-44fb-4000-8000-000000000001");
    }

    @Test
    void isTheIdOfEveryMessage() {
        UUID event =
                UUID.fromString(GenericEventMessage.asEventMessage("happened").getIdentifier());
        assertThat(event.version()).isEqualTo(7);
        assertThat(milliseconds(event))
                .isCloseTo(System.currentTimeMillis(), org.assertj.core.data.Offset.offset(60_000L));
        assertThat(IdentifierFactory.getInstance()).isInstanceOf(TimeOrderedIdentifierFactory.class);
    }

    private static long milliseconds(UUID id) {
        return id.getMostSignificantBits() >>> 16;
    }
}
