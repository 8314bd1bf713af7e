package io.guildhall.infrastructure.auditlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.guildhall.query.ReadModels;
import io.guildhall.query.TrailInMemory;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class MerkleLogTest {

    private static final MerkleLog.Signer SIGNER = (size, root) -> root;
    private static final TrailVerifier.Verifier VERIFIER =
            root -> java.util.Arrays.equals(root.root(), root.signature());

    @RegisterExtension
    private final ReadModels models = new ReadModels();

    private final UUID trail = UUID.randomUUID();
    private TrailInMemory stored;
    private MerkleLog log;
    private TrailVerifier check;

    @BeforeEach
    void begin() {
        stored = models.bean(TrailInMemory.class);
        log = models.bean(MerkleLog.class);
        check = models.bean(TrailVerifier.class);
    }

    /** Several tiles and levels, extended in steps that match neither. */
    @Test
    void growsToTheSameRootsAsAllOfItAtOnce() {
        var growing = new IncrementalMerkleTree();
        for (int step : new int[] {1, 254, 1, 1, 700, 5_000, 64_000, 3}) {
            stored.grow(trail, step);
            stored.read(trail, growing.size() + 1, Integer.MAX_VALUE)
                    .forEach(event -> growing.append(event.leafHash()));
            SignedRoot signed = log.checkpoint(trail, SIGNER);
            assertThat(signed.size()).isEqualTo(growing.size());
            assertThat(signed.root()).isEqualTo(growing.root());
        }
        assertThat(check.check(trail, VERIFIER).findings()).isEmpty();
        assertThat(check.check(trail, VERIFIER).checkpoints()).isEqualTo(8);
        for (long leaf : new long[] {0, 255, 256, 65_535, 65_536, growing.size() - 1}) {
            MerkleLog.Inclusion shown = log.inclusion(trail, leaf + 1, growing.size());
            assertThat(Proofs.includes(shown.leafHash(), leaf, growing.size(), shown.path(), growing.root()))
                    .isTrue();
        }
    }

    @Test
    void growsAgainToTheSameRoot() {
        stored.grow(trail, 600);
        SignedRoot before = log.checkpoint(trail, SIGNER);
        models.sql().sql("truncate trail_tiles").update();
        models.sql().sql("update trail_logs set size = 0").update();

        assertThat(log.checkpoint(trail, SIGNER).root()).isEqualTo(before.root());
        assertThat(check.check(trail, VERIFIER).findings()).isEmpty();
    }

    @Test
    void keepsLogsApart() {
        UUID other = UUID.randomUUID();
        stored.grow(trail, 3);
        stored.grow(other, 300);
        assertThat(log.checkpoint(trail, SIGNER).size()).isEqualTo(3);
        assertThat(log.checkpoint(other, SIGNER).size()).isEqualTo(300);
        assertThat(log.checkpoint(UUID.randomUUID(), SIGNER).size()).isZero();
    }

    @Test
    void namesWhatWasChanged() {
        stored.grow(trail, 600);
        log.checkpoint(trail, SIGNER);
        stored.events.set(16, TrailInMemory.event(trail, 17, "{\"n\":18}"));

        assertThat(sequences(check.check(trail, VERIFIER))).containsExactly(17L);
        assertThat(log.tampered()).containsExactly(trail);
    }

    @Test
    void namesWhatIsMissing() {
        stored.grow(trail, 600);
        log.checkpoint(trail, SIGNER);
        stored.events.remove(299);
        stored.events.remove(3);

        assertThat(sequences(check.check(trail, VERIFIER))).containsExactly(4L, 300L);
    }

    @Test
    void namesBothOfTwoThatWereSwapped() {
        stored.grow(trail, 20);
        log.checkpoint(trail, SIGNER);
        TrailEvent third = stored.events.get(2);
        TrailEvent fifth = stored.events.get(4);
        stored.events.set(2, at(fifth, 3));
        stored.events.set(4, at(third, 5));

        assertThat(sequences(check.check(trail, VERIFIER))).containsExactly(3L, 5L);
    }

    @Test
    void namesWhatWasCutOff() {
        stored.grow(trail, 10);
        log.checkpoint(trail, SIGNER);
        stored.events.subList(8, 10).clear();

        assertThatExceptionOfType(TamperingDetectedException.class)
                .isThrownBy(() -> log.checkpoint(trail, SIGNER))
                .withMessage("Activity 9 is missing.");
        assertThat(sequences(check.check(trail, VERIFIER))).containsExactly(9L, 10L);
        assertThat(log.tampered()).containsExactly(trail);
    }

    /** The end of the trail was replaced by other events. */
    @Test
    void signsNothingThatContradictsWhatWasSigned() {
        stored.grow(trail, 10);
        log.checkpoint(trail, SIGNER);
        stored.events.set(9, TrailInMemory.event(trail, 10, "{\"other\":true}"));
        stored.grow(trail, 5);

        assertThatExceptionOfType(TamperingDetectedException.class)
                .isThrownBy(() -> log.checkpoint(trail, SIGNER))
                .withMessageStartingWith("Activity 10 (event");
    }

    /** The stored hashes were recomputed from changed events. */
    @Test
    void isNotDeceivedByNewHashes() {
        stored.grow(trail, 10);
        log.checkpoint(trail, SIGNER);
        stored.grow(trail, 10);
        log.checkpoint(trail, SIGNER);
        stored.events.set(12, TrailInMemory.event(trail, 13, "{\"other\":true}"));
        models.sql().sql("truncate trail_tiles").update();
        models.sql().sql("update trail_logs set size = 0").update();
        stored.grow(trail, 1);

        assertThatExceptionOfType(TamperingDetectedException.class)
                .isThrownBy(() -> log.checkpoint(trail, SIGNER))
                .withMessageStartingWith("The first 20 activities differ from those signed");
        assertThat(check.check(trail, VERIFIER).findings())
                .singleElement()
                .satisfies(finding ->
                        assertThat(finding.what()).startsWith("Activities 11 to 20 differ from those signed at"));
    }

    @Test
    void findsSignaturesThatAreNone() {
        stored.grow(trail, 10);
        log.checkpoint(trail, SIGNER);
        models.sql().sql("update trail_checkpoints set signature = '\\x00'").update();

        assertThat(check.check(trail, VERIFIER).findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.what())
                        .isEqualTo("The checkpoint of 10 activities is not signed with this service's key."));
    }

    @Test
    void findsHashesThatDoNotBelongTogether() {
        stored.grow(trail, 600);
        log.checkpoint(trail, SIGNER);
        models.sql()
                .sql("update trail_tiles set hashes = overlay(hashes placing '\\x00' from 1) where level = 1")
                .update();

        assertThat(check.check(trail, VERIFIER).findings()).hasSize(1);
        assertThatExceptionOfType(TamperingDetectedException.class).isThrownBy(() -> log.checkpoint(trail, SIGNER));
    }

    /** As after restoring a backup. */
    @Test
    void isContentOnceItIsAsItWas() {
        stored.grow(trail, 10);
        log.checkpoint(trail, SIGNER);
        TrailEvent removed = stored.events.removeLast();
        check.check(trail, VERIFIER);
        assertThat(log.tampered()).containsExactly(trail);
        stored.events.add(removed);

        assertThat(check.check(trail, VERIFIER).findings()).isEmpty();
        assertThat(log.tampered()).isEmpty();
    }

    private static TrailEvent at(TrailEvent event, long sequence) {
        return new TrailEvent(
                event.id(),
                event.organization(),
                sequence,
                event.time(),
                event.streamType(),
                event.stream(),
                event.streamSequence(),
                event.type(),
                event.revision(),
                event.act(),
                event.payload());
    }

    private static List<Long> sequences(TrailVerifier.Result result) {
        return result.findings().stream().map(TrailVerifier.Finding::sequence).toList();
    }
}
