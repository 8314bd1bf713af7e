package io.guildhall.api.turn;

import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.List;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A request being carried out: the ids and secrets that it makes up, and which of its commands were carried out before.
 *
 * <p>Under an idempotency key both outlive the process. A request that is carried out again, since its first answer was lost,
 * makes up the very same values in the same order and passes over the commands that are done: so it comes to the first answer.
 * Without a key, and outside of any request, what is made up is random and nothing was done before. One thread at a time.
 */
public final class Turn {

    private static final ScopedValue<Turn> CURRENT = ScopedValue.newInstance();
    private static final SecureRandom RANDOM = new SecureRandom();

    private RandomGenerator random = RANDOM;
    private Queue<Long> doneBefore = new ArrayDeque<>();
    private boolean goesOn;
    private @Nullable Ledger ledger;
    private volatile boolean appended;

    /** That of the request which this thread is at, or one that begins and ends here. */
    public static Turn current() {
        return CURRENT.isBound() ? CURRENT.get() : new Turn();
    }

    /** An id for something new: a UUID of version 4. */
    public static UUID newId() {
        RandomGenerator random = current().random;
        return new UUID(
                random.nextLong() & ~0xF000L | 0x4000L,
                random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL | 0x8000_0000_0000_0000L);
    }

    /** Where secrets come from, too. */
    public RandomGenerator random() {
        return random;
    }

    /** Does work of this turn, in whichever thread it is called. */
    public <V> V carry(Callable<V> work) throws Exception {
        return ScopedValue.where(CURRENT, this).call(work::call);
    }

    /**
     * From here on it is a request with an idempotency key.
     *
     * @param seed what everything made up derives from; secret
     * @param done the positions that the commands reached which are done, in their order; 0 where one changed nothing
     * @param ledger where one more is written down, by whoever carries the command out
     */
    public void keep(byte[] seed, List<Long> done, Ledger ledger) {
        this.random = new KeyedRandom(seed);
        this.doneBefore = new ArrayDeque<>(done);
        this.goesOn = !done.isEmpty();
        this.ledger = ledger;
    }

    /** Whether part of it was done by an earlier run. */
    public boolean goesOn() {
        return goesOn;
    }

    /** The position that the next command reached in an earlier run; empty when it is to be carried out. */
    public OptionalLong nextDone() {
        Long position = doneBefore.poll();
        return position == null ? OptionalLong.empty() : OptionalLong.of(position);
    }

    /** Notes that one of its commands appended an event, in this run or an earlier one, or will have done so. */
    public void noteAppended() {
        appended = true;
    }

    public boolean hasAppended() {
        return appended;
    }

    /** Where its commands are noted; null outside of requests with an idempotency key. */
    public @Nullable Ledger ledger() {
        return ledger;
    }
}
