package io.guildhall.infrastructure.auditlog;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/** Verifies proofs as RFC 9162 defines (sections 2.1.3.2 and 2.1.4.2), independently of the code that creates them. */
public final class Proofs {

    private Proofs() {}

    public static boolean includes(byte[] leafHash, long leaf, long size, List<byte[]> path, byte[] root) {
        if (leaf >= size) {
            return false;
        }
        long fn = leaf;
        long sn = size - 1;
        byte[] hash = leafHash;
        for (byte[] sibling : path) {
            if (sn == 0) {
                return false;
            }
            if ((fn & 1) == 1 || fn == sn) {
                hash = MerkleHashes.node(sibling, hash);
                while ((fn & 1) == 0 && fn != 0) {
                    fn >>= 1;
                    sn >>= 1;
                }
            } else {
                hash = MerkleHashes.node(hash, sibling);
            }
            fn >>= 1;
            sn >>= 1;
        }
        return sn == 0 && Arrays.equals(hash, root);
    }

    /** Whether the first log is a prefix of the second. */
    public static boolean extend(long first, long second, List<byte[]> proof, byte[] firstRoot, byte[] secondRoot) {
        if (first == second) {
            return proof.isEmpty() && Arrays.equals(firstRoot, secondRoot);
        }
        Iterator<byte[]> rest = proof.iterator();
        byte[] start = Long.bitCount(first) == 1 ? firstRoot : rest.next();
        byte[] fr = start;
        byte[] sr = start;
        long fn = first - 1;
        long sn = second - 1;
        while ((fn & 1) == 1) {
            fn >>= 1;
            sn >>= 1;
        }
        while (rest.hasNext()) {
            byte[] next = rest.next();
            if (sn == 0) {
                return false;
            }
            if ((fn & 1) == 1 || fn == sn) {
                fr = MerkleHashes.node(next, fr);
                sr = MerkleHashes.node(next, sr);
                while ((fn & 1) == 0 && fn != 0) {
                    fn >>= 1;
                    sn >>= 1;
                }
            } else {
                sr = MerkleHashes.node(sr, next);
            }
            fn >>= 1;
            sn >>= 1;
        }
        return sn == 0 && Arrays.equals(fr, firstRoot) && Arrays.equals(sr, secondRoot);
    }
}
