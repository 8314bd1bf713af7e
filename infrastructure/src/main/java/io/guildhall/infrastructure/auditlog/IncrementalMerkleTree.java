package io.guildhall.infrastructure.auditlog;

import java.util.ArrayList;
import java.util.List;

/** Computes the root of a Merkle log from leaves appended one by one. Needs memory for a few hashes only. */
public final class IncrementalMerkleTree {

    /** Roots of complete subtrees from left to right. Their sizes are the powers of two in the size. */
    private final List<byte[]> complete = new ArrayList<>();

    private long size;

    public void append(byte[] leafHash) {
        byte[] hash = leafHash;
        for (long rest = size; (rest & 1) == 1; rest >>= 1) {
            hash = MerkleHashes.node(complete.removeLast(), hash);
        }
        complete.add(hash);
        size++;
    }

    public long size() {
        return size;
    }

    public byte[] root() {
        return rootOf(complete);
    }

    /** Computes the root of complete subtrees with decreasing sizes. */
    static byte[] rootOf(List<byte[]> subtrees) {
        if (subtrees.isEmpty()) {
            return MerkleHashes.empty();
        }
        byte[] root = subtrees.getLast();
        for (byte[] left : subtrees.reversed().subList(1, subtrees.size())) {
            root = MerkleHashes.node(left, root);
        }
        return root;
    }
}
