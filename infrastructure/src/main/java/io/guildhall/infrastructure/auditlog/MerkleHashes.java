package io.guildhall.infrastructure.auditlog;

import io.guildhall.infrastructure.encryption.Sha256;

/** The hashes of RFC 6962, section 2.1: SHA-256 with a prefix byte that distinguishes leaves from nodes. */
public final class MerkleHashes {

    /** The length of a hash in bytes. */
    public static final int HASH = 32;

    private static final byte[] LEAF = {0};
    private static final byte[] NODE = {1};

    private MerkleHashes() {}

    /** Hashes an entry of a log. */
    public static byte[] leaf(byte[] entry) {
        return Sha256.of(LEAF, entry);
    }

    /** Hashes two child nodes. */
    public static byte[] node(byte[] left, byte[] right) {
        return Sha256.of(NODE, left, right);
    }

    /** The root of a log without entries. */
    public static byte[] empty() {
        return Sha256.of();
    }
}
