package io.guildhall.infrastructure.auditlog;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Recomputes the log of a trail from the stored events, compares it with the stored hashes and signed checkpoints, and
 * reports every difference.
 */
@Component
public class TrailVerifier {

    private static final int BATCH = 16 * MerkleTileStore.WIDTH;
    private static final int MAX_FINDINGS = 100;

    private final TrailEvents events;
    private final MerkleLog log;
    private final SignedRoots signedRoots;
    private final JdbcTemplate jdbc;

    TrailVerifier(TrailEvents events, MerkleLog log, SignedRoots signedRoots, JdbcTemplate jdbc) {
        this.events = events;
        this.log = log;
        this.signedRoots = signedRoots;
        this.jdbc = jdbc;
    }

    /** Verifies the signature of a checkpoint. */
    @FunctionalInterface
    public interface Verifier {

        boolean isSigned(SignedRoot root);
    }

    /** @param sequence of the affected activity; null if unknown */
    public record Finding(@Nullable Long sequence, String what) {}

    /**
     * The result of a verification.
     *
     * @param size number of activities, including missing ones
     * @param root of all of them
     * @param checkpoints number of checkpoints, all of which were verified
     */
    public record Result(long size, byte[] root, int checkpoints, List<Finding> findings) {}

    /** Verifies a trail and reports at most {@value #MAX_FINDINGS} findings. Updates the trail's state for health. */
    public Result check(UUID trail, Verifier verifier) {
        List<Finding> findings = new ArrayList<>();
        List<SignedRoot> signed = signedRoots.all(trail);
        var checkpoints = new CheckpointComparison(signed.iterator(), verifier, findings);
        long logged =
                jdbc.query("select size from trail_logs where trail = ?", (row, n) -> row.getLong(1), trail).stream()
                        .findFirst()
                        .orElse(0L);
        long expectedSize =
                Math.max(logged, signed.isEmpty() ? 0 : signed.getLast().size());
        var tree = new IncrementalMerkleTree();
        boolean more = true;
        while (more) {
            List<TrailEvent> batch = events.read(trail, tree.size() + 1, BATCH);
            var tiles = new MerkleTileStore(jdbc, trail);
            for (TrailEvent event : batch) {
                reportMissing(tree, MerkleLog.leafOf(event.sequence()), tiles, findings, checkpoints);
                byte[] stored = tree.size() < logged ? tiles.leaf(tree.size()) : null;
                byte[] hash = hash(event, findings);
                if (stored != null && hash != null && !Arrays.equals(stored, hash)) {
                    add(findings, MerkleLog.changed(event));
                }
                // Continue with the stored hash, so that one change is not reported again by each later checkpoint.
                grow(tree, stored == null ? hash : stored, checkpoints);
            }
            more = batch.size() == BATCH;
        }
        reportMissing(tree, expectedSize, new MerkleTileStore(jdbc, trail), findings, checkpoints);
        if (findings.isEmpty()
                && tree.size() == logged
                && !Arrays.equals(new MerkleTileStore(jdbc, trail).root(logged), tree.root())) {
            add(findings, new TamperingDetectedException("The stored hashes of the trail are inconsistent.", null));
        }
        if (findings.isEmpty()) {
            log.clear(trail);
        } else {
            log.report(trail, findings.getFirst().what());
        }
        return new Result(tree.size(), tree.root(), signed.size(), List.copyOf(findings));
    }

    private static byte @Nullable [] hash(TrailEvent event, List<Finding> findings) {
        try {
            return event.leafHash();
        } catch (TamperingDetectedException unreadable) {
            add(findings, unreadable);
            return null;
        }
    }

    private static void grow(IncrementalMerkleTree tree, byte @Nullable [] hash, CheckpointComparison checkpoints) {
        tree.append(hash == null ? MerkleHashes.empty() : hash);
        checkpoints.reached(tree);
    }

    /** Reports the activities up to {@code until} as missing. */
    private static void reportMissing(
            IncrementalMerkleTree tree,
            long until,
            MerkleTileStore tiles,
            List<Finding> findings,
            CheckpointComparison checkpoints) {
        while (tree.size() < until) {
            add(findings, MerkleLog.missing(tree.size() + 1));
            grow(tree, tiles.leaf(tree.size()), checkpoints);
        }
    }

    private static void add(List<Finding> findings, TamperingDetectedException tampered) {
        if (findings.size() < MAX_FINDINGS) {
            findings.add(new Finding(tampered.sequence(), String.valueOf(tampered.getMessage())));
        }
    }

    /** Compares the tree with signed checkpoints as it grows. */
    private static final class CheckpointComparison {

        private final Iterator<SignedRoot> rest;
        private final Verifier verifier;
        private final List<Finding> findings;
        private long verifiedTo;
        private @Nullable SignedRoot next;

        CheckpointComparison(Iterator<SignedRoot> rest, Verifier verifier, List<Finding> findings) {
            this.rest = rest;
            this.verifier = verifier;
            this.findings = findings;
            this.next = rest.hasNext() ? rest.next() : null;
        }

        void reached(IncrementalMerkleTree tree) {
            SignedRoot root = next;
            if (root == null || root.size() != tree.size()) {
                return;
            }
            if (!verifier.isSigned(root)) {
                add(
                        findings,
                        new TamperingDetectedException(
                                "The checkpoint of %d activities is not signed with this service's key."
                                        .formatted(root.size()),
                                null));
            } else if (!Arrays.equals(root.root(), tree.root())) {
                add(
                        findings,
                        new TamperingDetectedException(
                                "Activities %d to %d differ from those signed at %s."
                                        .formatted(verifiedTo + 1, root.size(), root.signed()),
                                null));
            } else {
                verifiedTo = root.size();
            }
            next = rest.hasNext() ? rest.next() : null;
        }
    }
}
