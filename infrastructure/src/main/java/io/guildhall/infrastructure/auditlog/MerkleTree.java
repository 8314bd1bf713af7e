package io.guildhall.infrastructure.auditlog;

import java.util.ArrayList;
import java.util.List;

/** Roots and proofs of RFC 6962 at any size, over complete subtrees that are kept somewhere. */
abstract class MerkleTree {

    /** The root of the complete subtree of 2^height leaves, the index-th of that height. */
    abstract byte[] subtree(int height, long index);

    byte[] root(long size) {
        return range(0, size);
    }

    /** Section 2.1.1: what to hash a leaf with, from the bottom up, to come to the root of that size. */
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

    /** Section 2.1.2: shows that the log of the first size is the beginning of that of the second. */
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

    /** From a place that a subtree as large as the range could begin at. */
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

    /** The largest power of two below. */
    private static long split(long size) {
        return Long.highestOneBit(size - 1);
    }
}
