package io.guildhall.infrastructure.auditlog;

import java.util.ArrayList;
import java.util.List;

/** The root of a log whose leaves come one after the other, in the space of a few hashes however many come. */
public final class IncrementalMerkleTree {

    /** Roots of complete subtrees, from left to right; their sizes are the ones in the binary form of the size. */
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

    /** Of complete subtrees that become smaller from left to right. */
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
