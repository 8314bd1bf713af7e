package io.guildhall.infrastructure.auditlog;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Stores the tree of one trail in rows of up to 256 hashes: leaves on level 0, and on each level above the roots of the
 * full tiles below. A proof in a log of ten million activities reads three to six rows. Caches what it reads, so an
 * instance is for one use.
 */
final class MerkleTileStore extends MerkleTree {

    private static final int WIDTH_BITS = 8;

    /** The number of hashes of a full tile. */
    static final int WIDTH = 1 << WIDTH_BITS;

    private record TileId(int level, long tile) {}

    private final JdbcTemplate jdbc;
    private final UUID trail;
    private final Map<TileId, byte[]> read = new HashMap<>();
    private final Map<TileId, byte[]> changed = new HashMap<>();

    MerkleTileStore(JdbcTemplate jdbc, UUID trail) {
        this.jdbc = jdbc;
        this.trail = trail;
    }

    @Override
    byte[] subtree(int height, long index) {
        int level = height / WIDTH_BITS;
        int within = height % WIDTH_BITS;
        var tree = new IncrementalMerkleTree();
        for (long at = index << within; at < (index + 1) << within; at++) {
            tree.append(hash(level, at));
        }
        return tree.root();
    }

    /** Returns the hash of a leaf, or null if the log does not contain it. */
    byte @Nullable [] leaf(long index) {
        byte[] tile = tile(new TileId(0, index >> WIDTH_BITS));
        int offset = offset(index);
        return offset + MerkleHashes.HASH > tile.length
                ? null
                : Arrays.copyOfRange(tile, offset, offset + MerkleHashes.HASH);
    }

    /** Preloads the tiles of leaves. */
    void readLeaves(Collection<Long> indexes) {
        Long[] tiles =
                indexes.stream().map(index -> index >> WIDTH_BITS).distinct().toArray(Long[]::new);
        jdbc.query(
                "select tile, hashes from trail_tiles where trail = ? and level = 0 and tile = any(?)",
                row -> {
                    read.put(new TileId(0, row.getLong(1)), row.getBytes(2));
                },
                trail,
                tiles);
    }

    /**
     * Appends a leaf; {@link #write} stores it.
     *
     * @param size the size of the log before
     */
    void append(long size, byte[] leafHash) {
        long index = size;
        byte[] hash = leafHash;
        for (int level = 0; ; level++) {
            var id = new TileId(level, index >> WIDTH_BITS);
            byte[] before = tile(id);
            int offset = offset(index);
            byte[] after = Arrays.copyOf(before, offset + MerkleHashes.HASH);
            System.arraycopy(hash, 0, after, offset, MerkleHashes.HASH);
            read.put(id, after);
            changed.put(id, after);
            if (after.length < WIDTH * MerkleHashes.HASH) {
                return;
            }
            hash = rootOf(after);
            index >>= WIDTH_BITS;
        }
    }

    void write() {
        List<Object[]> rows = new ArrayList<>();
        changed.forEach((id, hashes) -> rows.add(new Object[] {trail, id.level(), id.tile(), hashes}));
        jdbc.batchUpdate("""
                insert into trail_tiles (trail, level, tile, hashes) values (?, ?, ?, ?)
                on conflict (trail, level, tile) do update set hashes = excluded.hashes
                """, rows);
        changed.clear();
    }

    private static byte[] rootOf(byte[] tile) {
        var tree = new IncrementalMerkleTree();
        for (int offset = 0; offset < tile.length; offset += MerkleHashes.HASH) {
            tree.append(Arrays.copyOfRange(tile, offset, offset + MerkleHashes.HASH));
        }
        return tree.root();
    }

    private byte[] hash(int level, long index) {
        byte[] tile = tile(new TileId(level, index >> WIDTH_BITS));
        int offset = offset(index);
        if (offset + MerkleHashes.HASH > tile.length) {
            throw new TamperingDetectedException("The hashes of the trail are incomplete.", null);
        }
        return Arrays.copyOfRange(tile, offset, offset + MerkleHashes.HASH);
    }

    private static int offset(long index) {
        return (int) (index % WIDTH) * MerkleHashes.HASH;
    }

    private byte[] tile(TileId id) {
        return read.computeIfAbsent(id, it -> {
            List<byte[]> found = jdbc.query(
                    "select hashes from trail_tiles where trail = ? and level = ? and tile = ?",
                    (row, n) -> row.getBytes(1),
                    trail,
                    it.level(),
                    it.tile());
            return found.isEmpty() ? new byte[0] : found.getFirst();
        });
    }
}
