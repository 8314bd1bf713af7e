package io.guildhall.infrastructure.auditlog;

import java.util.ArrayList;
import java.util.List;

/** Roots and proofs of RFC 6962 for any size, over stored complete subtrees. */
abstract class MerkleTree {

    /** Returns the root of a complete subtree of 2^height leaves. */
    abstract byte[] subtree(int height, long index);

    byte[] root(long size) {
        return range(0, size);
    }

    /** The inclusion proof (section 2.1.1): the hashes to combine with a leaf, bottom up, to compute the root. */
    List<byte[]> inclusion(long leaf, long size) {
        List<byte[]> path = new ArrayList<>();
        long from = 0;
        long to = size;
        while (to - from > 1) {
            long middle = from + split(to - from);
            if (leaf < middle) {
                path.add(range(middle, to));
                to = middle;
            } else {
                path.add(range(from, middle));
                from = middle;
            }
        }
        return path.reversed();
    }

    /**
     * The consistency proof (section 2.1.2): shows that the log of the first size is a prefix of that of the second.
     */
    List<byte[]> consistency(long first, long second) {
        List<byte[]> proof = new ArrayList<>();
        if (first == 0 || first == second) {
            return proof;
        }
        long from = 0;
        long to = second;
        boolean known = true;
        while (first != to) {
            long middle = from + split(to - from);
            if (first <= middle) {
                proof.add(range(middle, to));
                to = middle;
            } else {
                proof.add(range(from, middle));
                from = middle;
                known = false;
            }
        }
        if (!known) {
            proof.add(range(from, to));
        }
        return proof.reversed();
    }

    /** Returns the root of a range that starts at a subtree boundary. */
    private byte[] range(long from, long to) {
        List<byte[]> subtrees = new ArrayList<>();
        long at = from;
        while (at < to) {
            int height = Long.SIZE - 1 - Long.numberOfLeadingZeros(to - at);
            subtrees.add(subtree(height, at >> height));
            at += 1L << height;
        }
        return IncrementalMerkleTree.rootOf(subtrees);
    }

    /** Returns the largest power of two below the size. */
    private static long split(long size) {
        return Long.highestOneBit(size - 1);
    }
}
