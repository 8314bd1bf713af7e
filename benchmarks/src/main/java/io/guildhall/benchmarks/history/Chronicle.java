package io.guildhall.benchmarks.history;

import io.guildhall.domain.shared.ActorContext;
import io.guildhall.domain.shared.PersonalDataCipher;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What happens is written down here: who acts now, and the events of it. Everything by chance comes from one seed. */
final class Chronicle {

    private final Random random;
    private final PersonalDataCipher personalData;
    private final List<Fact> written = new ArrayList<>();
    private final Instant begin;
    private long events;
    private Instant now;
    private ActorContext act = ActorContext.bySystem();

    /** How long it is from one event to the next. */
    static final Duration PACE = Duration.ofSeconds(4);

    Chronicle(long seed, Instant begin, PersonalDataCipher personalData) {
        this.random = new Random(seed);
        this.begin = begin;
        this.now = begin;
        this.personalData = personalData;
    }

    /** The next act is a while later, by somebody else. */
    void later(ActorContext by) {
        Instant due = begin.plus(PACE.multipliedBy(events)).plusNanos(1_000 * random.nextLong(PACE.toNanos() / 1_000));
        now = due.isAfter(now) ? due : now.plusNanos(1_000);
        act = by;
    }

    void write(Line stream, Object event) {
        events++;
        written.add(new Fact(id(), stream.id(), stream.type(), stream.take(), event, act, now));
    }

    /** What was written since. */
    List<Fact> take() {
        List<Fact> facts = List.copyOf(written);
        written.clear();
        return facts;
    }

    Instant now() {
        return now;
    }

    PersonalDataCipher personalData() {
        return personalData;
    }

    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    /** Anything from nothing to below this. */
    double chanceOf(double bound) {
        return random.nextDouble() * bound;
    }

    int upTo(int bound) {
        return random.nextInt(bound);
    }

    <T> T any(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    /** Null when there is none. */
    <T> @Nullable T anyOrNone(List<T> all) {
        return all.isEmpty() ? null : any(all);
    }

    UUID id() {
        return new UUID(
                random.nextLong() & 0xffff_ffff_ffff_0fffL | 0x4000L,
                random.nextLong() & 0x3fff_ffff_ffff_ffffL | 0x8000_0000_0000_0000L);
    }

    /** As long as a hash of 32 bytes. */
    String hash() {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
