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
 * Makes the log of a trail anew from the stored events and compares it with all that was kept and signed of it before. It
 * believes none of them: what disagrees is named.
 */
@Component
public class TrailVerifier {

    private static final int BATCH = 16 * MerkleTileStore.WIDTH;
    private static final int MOST_FINDINGS = 100;

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

    /** Whether a signature is this service's. */
    @FunctionalInterface
    public interface Verifier {

        boolean isSigned(SignedRoot root);
    }

    /** @param sequence of the activity that is wrong, or null when it cannot be told */
    public record Finding(@Nullable Long sequence, String what) {}

    /**
     * @param size how many activities there should be
     * @param root of all of them
     * @param checkpoints how many were signed, all of which were looked at
     */
    public record Result(long size, byte[] root, int checkpoints, List<Finding> findings) {}

    /** Finds at most {@value #MOST_FINDINGS} things. What a check finds, or that it finds nothing, is what health says next. */
    public Result check(UUID trail, Verifier verifier) {
        List<Finding> findings = new ArrayList<>();
        List<SignedRoot> signed = signedRoots.all(trail);
        var agreed = new Agreement(signed.iterator(), verifier, findings);
        long logged =
                jdbc.query("select size from trail_logs where trail = ?", (row, n) -> row.getLong(1), trail).stream()
                        .findFirst()
                        .orElse(0L);
        long due = Math.max(logged, signed.isEmpty() ? 0 : signed.getLast().size());
        var tree = new IncrementalMerkleTree();
        boolean more = true;
        while (more) {
            List<TrailEvent> batch = events.read(trail, tree.size() + 1, BATCH);
            var merkleTileStore = new MerkleTileStore(jdbc, trail);
            for (TrailEvent event : batch) {
                lost(tree, MerkleLog.leafOf(event.sequence()), merkleTileStore, findings, agreed);
                byte[] kept = tree.size() < logged ? merkleTileStore.leaf(tree.size()) : null;
                byte[] hash = hash(event, findings);
                if (kept != null && hash != null && !Arrays.equals(kept, hash)) {
                    add(findings, MerkleLog.changed(event));
                }
                // With what was kept of it, so that one change is not found again at each checkpoint after it.
                grow(tree, kept == null ? hash : kept, agreed);
            }
            more = batch.size() == BATCH;
        }
        lost(tree, due, new MerkleTileStore(jdbc, trail), findings, agreed);
        if (findings.isEmpty()
                && tree.size() == logged
                && !Arrays.equals(new MerkleTileStore(jdbc, trail).root(logged), tree.root())) {
            add(
                    findings,
                    new TamperingDetectedException(
                            "The hashes that were kept of the trail do not belong together.", null));
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

    private static void grow(IncrementalMerkleTree tree, byte @Nullable [] hash, Agreement agreed) {
        tree.append(hash == null ? MerkleHashes.empty() : hash);
        agreed.reached(tree);
    }

    /** Up to where there is an activity again, or should be. */
    private static void lost(
            IncrementalMerkleTree tree,
            long until,
            MerkleTileStore merkleTileStore,
            List<Finding> findings,
            Agreement agreed) {
        while (tree.size() < until) {
            add(findings, MerkleLog.missing(tree.size() + 1));
            grow(tree, merkleTileStore.leaf(tree.size()), agreed);
        }
    }

    private static void add(List<Finding> findings, TamperingDetectedException tampered) {
        if (findings.size() < MOST_FINDINGS) {
            findings.add(new Finding(tampered.sequence(), String.valueOf(tampered.getMessage())));
        }
    }

    /** Compares with what was signed, in the order of the sizes. */
    private static final class Agreement {

        private final Iterator<SignedRoot> rest;
        private final Verifier verifier;
        private final List<Finding> findings;
        private long agreedTo;
        private @Nullable SignedRoot next;

        Agreement(Iterator<SignedRoot> rest, Verifier verifier, List<Finding> findings) {
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
                                "Something in activities %d to %d is not what was signed at %s."
                                        .formatted(agreedTo + 1, root.size(), root.signed()),
                                null));
            } else {
                agreedTo = root.size();
            }
            next = rest.hasNext() ? rest.next() : null;
        }
    }
}
