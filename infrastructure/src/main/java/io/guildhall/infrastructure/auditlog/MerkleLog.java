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
 * The Merkle log of each organization's trail. Leaves count from 0 (RFC 6962) and activities from 1: leaf n is activity
 * n + 1. The log is extended from the events when it is read, so writes cost nothing. A leaf's hash is stored and never
 * replaced.
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

    /** Signs the root of a log of a size. */
    @FunctionalInterface
    public interface Signer {

        byte[] sign(long size, byte[] root);
    }

    /** Proves that an activity is in the log of a size. */
    public record Inclusion(long size, byte[] leafHash, List<byte[]> path) {}

    /**
     * Signs the current log, after checking it against the last signed root.
     *
     * @throws TamperingDetectedException if they disagree; nothing is signed
     */
    public SignedRoot checkpoint(UUID trail, Signer signer) {
        long size = grow(trail);
        return reportingTampering(
                trail,
                () -> inTransaction(() -> {
                    lock(trail);
                    var tiles = new MerkleTileStore(jdbc, trail);
                    SignedRoot last = signedRoots.last(trail);
                    if (last != null && last.size() >= size) {
                        // Another node has signed this size.
                        return requireConsistent(last, tiles);
                    }
                    if (last != null) {
                        requireConsistent(last, tiles);
                    }
                    byte[] root = tiles.root(size);
                    signedRoots.add(trail, size, root, signer.sign(size, root));
                    SignedRoot signed = signedRoots.last(trail);
                    if (signed == null) {
                        throw new IllegalStateException("The new checkpoint is missing");
                    }
                    return signed;
                }));
    }

    private static SignedRoot requireConsistent(SignedRoot last, MerkleTileStore tiles) {
        if (!Arrays.equals(last.root(), tiles.root(last.size()))) {
            throw new TamperingDetectedException(
                    "The first %d activities differ from those signed at %s.".formatted(last.size(), last.signed()),
                    null);
        }
        return last;
    }

    /** Extends the log to the current end of the trail and returns its size. */
    public long size(UUID trail) {
        return grow(trail);
    }

    /** @param size at least the sequence number, and no more than {@link #size} */
    public Inclusion inclusion(UUID trail, long sequence, long size) {
        return reportingTampering(trail, () -> {
            var tiles = new MerkleTileStore(jdbc, trail);
            byte[] leaf = tiles.leaf(leafOf(sequence));
            if (leaf == null) {
                throw new TamperingDetectedException(
                        "The hash of activity %d is missing.".formatted(sequence), sequence);
            }
            return new Inclusion(size, leaf, tiles.inclusion(leafOf(sequence), size));
        });
    }

    /**
     * Returns the leaf hashes of activities, in this order; an empty array for an activity that the log does not
     * contain yet.
     */
    public List<byte[]> leafHashes(UUID trail, List<Long> sequences) {
        var tiles = new MerkleTileStore(jdbc, trail);
        List<Long> leaves = sequences.stream().map(MerkleLog::leafOf).toList();
        tiles.readLeaves(leaves);
        return leaves.stream()
                .map(tiles::leaf)
                .map(leaf -> leaf == null ? new byte[0] : leaf)
                .toList();
    }

    /** Returns the leaf index of an activity. */
    public static long leafOf(long sequence) {
        return sequence - 1;
    }

    /** @param to at least {@code from}, at most {@link #size} */
    public List<byte[]> consistency(UUID trail, long from, long to) {
        return reportingTampering(trail, () -> new MerkleTileStore(jdbc, trail).consistency(from, to));
    }

    /** Returns the organizations whose trails were found tampered with. */
    public List<UUID> tampered() {
        return jdbc.queryForList("select trail from trail_logs where tampered is not null order by trail", UUID.class);
    }

    private long grow(UUID trail) {
        return reportingTampering(trail, () -> {
            boolean first = true;
            while (true) {
                boolean verifyTail = first;
                Growth growth = inTransaction(() -> grow(trail, verifyTail));
                if (!growth.more()) {
                    return growth.size();
                }
                first = false;
            }
        });
    }

    private record Growth(long size, boolean more) {}

    /** @param verifyTail whether to verify the hashes of the last {@value MerkleTileStore#WIDTH} activities first */
    private Growth grow(UUID trail, boolean verifyTail) {
        long size = lock(trail);
        long from = verifyTail ? Math.max(0, size - MerkleTileStore.WIDTH) : size;
        List<TrailEvent> batch = events.read(trail, from + 1, BATCH);
        var tiles = new MerkleTileStore(jdbc, trail);
        long next = from;
        for (TrailEvent event : batch) {
            if (leafOf(event.sequence()) != next) {
                throw missing(next + 1);
            }
            byte[] hash = event.leafHash();
            if (next >= size) {
                tiles.append(next, hash);
            } else if (!Arrays.equals(hash, tiles.leaf(next))) {
                throw changed(event);
            }
            next++;
        }
        if (next < size) {
            throw missing(next + 1);
        }
        if (next > size) {
            tiles.write();
            jdbc.update("update trail_logs set size = ? where trail = ?", next, trail);
        }
        return new Growth(next, batch.size() == BATCH);
    }

    static TamperingDetectedException missing(long sequence) {
        return new TamperingDetectedException("Activity %d is missing.".formatted(sequence), sequence);
    }

    static TamperingDetectedException changed(TrailEvent event) {
        return new TamperingDetectedException(
                "Activity %d (event %s) was changed.".formatted(event.sequence(), event.id()), event.sequence());
    }

    /** Locks the log until the end of the transaction. */
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

    /** Records detected tampering for health and operators. */
    private <R> R reportingTampering(UUID trail, java.util.function.Supplier<R> work) {
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
