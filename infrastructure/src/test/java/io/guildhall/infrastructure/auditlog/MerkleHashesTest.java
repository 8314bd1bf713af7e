package io.guildhall.infrastructure.auditlog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Compared with the test values of Certificate Transparency and with the definition in RFC 6962. */
class MerkleHashesTest {

    private static final List<String> ENTRIES =
            List.of("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f");

    private static final List<String> ROOTS = List.of(
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");

    @Test
    void hasTheRootsOfTheReference() {
        var growing = new IncrementalMerkleTree();
        assertThat(HexFormat.of().formatHex(growing.root())).isEqualTo(ROOTS.getFirst());
        for (int size = 1; size <= ENTRIES.size(); size++) {
            growing.append(MerkleHashes.leaf(HexFormat.of().parseHex(ENTRIES.get(size - 1))));
            assertThat(HexFormat.of().formatHex(growing.root())).isEqualTo(ROOTS.get(size));
            assertThat(growing.size()).isEqualTo(size);
        }
    }

    @Test
    void provesEachLeafOfEachSize() {
        List<byte[]> leaves = leaves(40);
        for (int size = 1; size <= leaves.size(); size++) {
            byte[] root = rootOf(leaves.subList(0, size));
            for (int leaf = 0; leaf < size; leaf++) {
                List<byte[]> path = tree(leaves).inclusion(leaf, size);
                assertThat(Proofs.includes(leaves.get(leaf), leaf, size, path, root))
                        .isTrue();
                assertThat(Proofs.includes(leaves.get((leaf + 1) % 40), leaf, size, path, root))
                        .isFalse();
            }
        }
    }

    @Test
    void provesThatEachSizeIsTheBeginningOfEachLaterOne() {
        List<byte[]> leaves = leaves(40);
        List<byte[]> others = new ArrayList<>(leaves);
        others.set(0, MerkleHashes.leaf(new byte[] {1}));
        for (int first = 1; first <= 40; first++) {
            for (int second = first; second <= 40; second++) {
                List<byte[]> proof = tree(leaves).consistency(first, second);
                byte[] root = rootOf(leaves.subList(0, second));
                assertThat(Proofs.extend(first, second, proof, rootOf(leaves.subList(0, first)), root))
                        .isTrue();
                assertThat(Proofs.extend(first, second, proof, rootOf(others.subList(0, first)), root))
                        .isFalse();
            }
        }
    }

    private static List<byte[]> leaves(int count) {
        List<byte[]> leaves = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            leaves.add(MerkleHashes.leaf(("entry " + i).getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        }
        return leaves;
    }

    /** The definition of section 2.1, implemented literally. */
    private static byte[] rootOf(List<byte[]> leaves) {
        return switch (leaves.size()) {
            case 0 -> MerkleHashes.empty();
            case 1 -> leaves.getFirst();
            default -> {
                int split = Integer.highestOneBit(leaves.size() - 1);
                yield MerkleHashes.node(rootOf(leaves.subList(0, split)), rootOf(leaves.subList(split, leaves.size())));
            }
        };
    }

    private static MerkleTree tree(List<byte[]> leaves) {
        return new MerkleTree() {
            @Override
            byte[] subtree(int height, long index) {
                int from = Math.toIntExact(index << height);
                return rootOf(leaves.subList(from, from + (1 << height)));
            }
        };
    }

    @Test
    void knowsProofsThatAreTooLong() {
        List<byte[]> leaves = leaves(5);
        List<byte[]> path = new ArrayList<>(tree(leaves).inclusion(2, 5));
        path.add(leaves.getFirst());
        assertThat(Proofs.includes(leaves.get(2), 2, 5, path, rootOf(leaves))).isFalse();
    }
}
