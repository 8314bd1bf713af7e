package io.guildhall.infrastructure.auditlog;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The hashes of RFC 6962, section 2.1: SHA-256 with a prefix byte that distinguishes leaves from nodes. */
public final class MerkleHashes {

    /** The length of a hash in bytes. */
    public static final int HASH = 32;

    private static final byte LEAF = 0;
    private static final byte NODE = 1;

    private MerkleHashes() {}

    /** Hashes an entry of a log. */
    public static byte[] leaf(byte[] entry) {
        MessageDigest digest = sha256();
        digest.update(LEAF);
        return digest.digest(entry);
    }

    /** Hashes two child nodes. */
    public static byte[] node(byte[] left, byte[] right) {
        MessageDigest digest = sha256();
        digest.update(NODE);
        digest.update(left);
        return digest.digest(right);
    }

    /** The root of a log without entries. */
    public static byte[] empty() {
        return sha256().digest();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
