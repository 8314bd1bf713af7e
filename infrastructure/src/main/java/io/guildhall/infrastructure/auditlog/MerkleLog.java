package io.guildhall.infrastructure.auditlog;

import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The Merkle log of each organization's trail. Leaves count from 0 (RFC 6962) and activities from 1: leaf n is activity n + 1, and the log
 * of size n is that of activities 1 to n. It grows when it is asked for, from the events, so that a write pays nothing for it. Once it has
 * come by an activity it holds on to what that was.
 */
@Component
public class MerkleLog {

    private static final Logger LOG = LoggerFactory.getLogger(MerkleLog.class);
    private static final int BATCH = 4_096;

    private final TrailEvents events;
    private final SignedRoots signedRoots;
    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;

    MerkleLog(TrailEvents events, SignedRoots signedRoots, JdbcTemplate jdbc, TransactionTemplate transaction) {
        this.events = events;
        this.signedRoots = signedRoots;
        this.jdbc = jdbc;
        this.transaction = transaction;
    }

    /** Signs a log of that size with that root. */
    @FunctionalInterface
    public interface Signer {

        byte[] sign(long size, byte[] root);
    }

    /** Shows that an activity is in the log of that size. */
    public record Inclusion(long size, byte[] leafHash, List<byte[]> path) {}

    /**
     * The log as it is now, signed. It agrees with everything that was signed before.
     *
     * @throws TamperingDetectedException when it does not; then nothing is signed
     */
    public SignedRoot checkpoint(UUID trail, Signer signer) {
        long size = grow(trail);
        return guarded(
                trail,
                () -> inTransaction(() -> {
                    lock(trail);
                    var merkleTileStore = new MerkleTileStore(jdbc, trail);
                    SignedRoot last = signedRoots.last(trail);
                    if (last != null && last.size() >= size) {
                        // Another process was faster.
                        return agreeing(last, merkleTileStore);
                    }
                    if (last != null) {
                        agreeing(last, merkleTileStore);
                    }
                    byte[] root = merkleTileStore.root(size);
                    signedRoots.add(trail, size, root, signer.sign(size, root));
                    SignedRoot signed = signedRoots.last(trail);
                    if (signed == null) {
                        throw new IllegalStateException("What was just signed is gone");
                    }
                    return signed;
                }));
    }

    private static SignedRoot agreeing(SignedRoot last, MerkleTileStore merkleTileStore) {
        if (!Arrays.equals(last.root(), merkleTileStore.root(last.size()))) {
            throw new TamperingDetectedException(
                    "The first %d activities are not those that were signed at %s."
                            .formatted(last.size(), last.signed()),
                    null);
        }
        return last;
    }

    /** How many activities the log can prove: all that there are now. */
    public long size(UUID trail) {
        return grow(trail);
    }

    /** @param size at least the sequence number, and no more than {@link #size} */
    public Inclusion inclusion(UUID trail, long sequence, long size) {
        return guarded(trail, () -> {
            var merkleTileStore = new MerkleTileStore(jdbc, trail);
            byte[] leaf = merkleTileStore.leaf(leafOf(sequence));
            if (leaf == null) {
                throw new TamperingDetectedException(
                        "The hash of activity %d is missing.".formatted(sequence), sequence);
            }
            return new Inclusion(size, leaf, merkleTileStore.inclusion(leafOf(sequence), size));
        });
    }

    /** What was hashed for these activities, in their order; for each that the log has not come by, nothing. */
    public List<byte[]> leafHashes(UUID trail, List<Long> sequences) {
        var merkleTileStore = new MerkleTileStore(jdbc, trail);
        List<Long> leaves = sequences.stream().map(MerkleLog::leafOf).toList();
        merkleTileStore.readLeaves(leaves);
        return leaves.stream()
                .map(merkleTileStore::leaf)
                .map(leaf -> leaf == null ? new byte[0] : leaf)
                .toList();
    }

    /** The index in the log of the activity with a sequence number. */
    public static long leafOf(long sequence) {
        return sequence - 1;
    }

    /** @param to no more than {@link #size}, and no less than {@code from} */
    public List<byte[]> consistency(UUID trail, long from, long to) {
        return guarded(trail, () -> new MerkleTileStore(jdbc, trail).consistency(from, to));
    }

    /** The trails that were found to be tampered with, of all organizations. */
    public List<UUID> tampered() {
        return jdbc.queryForList("select trail from trail_logs where tampered is not null order by trail", UUID.class);
    }

    private long grow(UUID trail) {
        return guarded(trail, () -> {
            boolean first = true;
            while (true) {
                boolean look = first;
                Growth growth = inTransaction(() -> grow(trail, look));
                if (!growth.more()) {
                    return growth.size();
                }
                first = false;
            }
        });
    }

    private record Growth(long size, boolean more) {}

    /** @param lookBack whether to see first that the last tile's worth of activities are still what they were */
    private Growth grow(UUID trail, boolean lookBack) {
        long size = lock(trail);
        long from = lookBack ? Math.max(0, size - MerkleTileStore.WIDTH) : size;
        List<TrailEvent> batch = events.read(trail, from + 1, BATCH);
        var merkleTileStore = new MerkleTileStore(jdbc, trail);
        long next = from;
        for (TrailEvent event : batch) {
            if (leafOf(event.sequence()) != next) {
                throw missing(next + 1);
            }
            byte[] hash = event.leafHash();
            if (next >= size) {
                merkleTileStore.append(next, hash);
            } else if (!Arrays.equals(hash, merkleTileStore.leaf(next))) {
                throw changed(event);
            }
            next++;
        }
        if (next < size) {
            throw missing(next + 1);
        }
        if (next > size) {
            merkleTileStore.write();
            jdbc.update("update trail_logs set size = ? where trail = ?", next, trail);
        }
        return new Growth(next, batch.size() == BATCH);
    }

    static TamperingDetectedException missing(long sequence) {
        return new TamperingDetectedException("Activity %d is missing.".formatted(sequence), sequence);
    }

    static TamperingDetectedException changed(TrailEvent event) {
        return new TamperingDetectedException(
                "Activity %d (event %s) is not what it was.".formatted(event.sequence(), event.id()), event.sequence());
    }

    /** Until the end of the transaction, this process alone extends the log. */
    private long lock(UUID trail) {
        jdbc.update("insert into trail_logs (trail) values (?) on conflict do nothing", trail);
        Long size = jdbc.queryForObject("select size from trail_logs where trail = ? for update", Long.class, trail);
        return size == null ? 0 : size;
    }

    private <R> R inTransaction(java.util.function.Supplier<R> work) {
        R result = transaction.execute(status -> work.get());
        if (result == null) {
            throw new IllegalStateException("No result");
        }
        return result;
    }

    /** Remembers, for whoever runs the service, that a trail was found to be tampered with. */
    private <R> R guarded(UUID trail, java.util.function.Supplier<R> work) {
        try {
            return work.get();
        } catch (TamperingDetectedException tampered) {
            report(trail, tampered.getMessage());
            throw tampered;
        }
    }

    void report(UUID trail, @Nullable String finding) {
        LOG.error("The trail of organization {} was tampered with. {}", trail, finding);
        jdbc.update("""
                insert into trail_logs (trail, tampered) values (?, ?)
                on conflict (trail) do update set tampered = excluded.tampered
                """, trail, finding);
    }

    void clear(UUID trail) {
        jdbc.update("update trail_logs set tampered = null where trail = ? and tampered is not null", trail);
    }
}
