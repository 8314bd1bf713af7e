package io.guildhall.api.turn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TurnTest {

    private static final byte[] SEED = "a seed that nobody knows".getBytes(java.nio.charset.StandardCharsets.US_ASCII);

    private static final Ledger LEDGER = new Ledger() {

        @Override
        public String name() {
            return "a ledger";
        }

        @Override
        public void note(long position) {}
    };

    @Test
    void makesTheSameUpWhenCarriedOutAgain() throws Exception {
        List<UUID> first = kept(SEED).carry(TurnTest::ids);

        assertThat(first).doesNotHaveDuplicates();
        assertThat(kept(SEED).carry(TurnTest::ids)).isEqualTo(first);
        assertThat(kept(new byte[] {1}).carry(TurnTest::ids)).doesNotContainAnyElementsOf(first);
    }

    @Test
    void makesIdsOfVersionFour() throws Exception {
        assertThat(kept(SEED).carry(TurnTest::ids)).allSatisfy(id -> {
            assertThat(id.version()).isEqualTo(4);
            assertThat(id.variant()).isEqualTo(2);
        });
        assertThat(Turn.newId().version()).isEqualTo(4);
    }

    @Test
    void isRandomWithoutAKey() throws Exception {
        assertThat(new Turn().carry(TurnTest::ids)).doesNotContainAnyElementsOf(new Turn().carry(TurnTest::ids));
        assertThat(ids()).doesNotContainAnyElementsOf(ids());
    }

    @Test
    void passesOverWhatIsDone() {
        Turn turn = new Turn();
        turn.keep(SEED, List.of(7L, 0L), LEDGER);

        assertThat(turn.goesOn()).isTrue();
        assertThat(turn.nextDone()).hasValue(7);
        assertThat(turn.nextDone()).hasValue(0);
        assertThat(turn.nextDone()).isEmpty();
        assertThat(turn.ledger()).isSameAs(LEDGER);
    }

    @Test
    void hasDoneNothingBefore() {
        assertThat(kept(SEED).goesOn()).isFalse();
        assertThat(Turn.current().nextDone()).isEmpty();
        assertThat(Turn.current().ledger()).isNull();
    }

    private static Turn kept(byte[] seed) {
        Turn turn = new Turn();
        turn.keep(seed, List.of(), LEDGER);
        return turn;
    }

    private static List<UUID> ids() {
        return Stream.generate(Turn::newId).limit(100).toList();
    }
}
