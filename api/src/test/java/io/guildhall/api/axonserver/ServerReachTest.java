package io.guildhall.api.axonserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ServerReachTest {

    private final ServerReach reach = new ServerReach();

    @Test
    void givesUpWhatIsAwaitedOnceTheServerIsLost() {
        CompletableFuture<String> answered = reach.await(new CompletableFuture<>());
        CompletableFuture<String> open = reach.await(new CompletableFuture<>());
        answered.complete("done");

        reach.lose();

        assertThat(answered).isCompletedWithValue("done");
        assertThatThrownBy(open::join).hasCauseInstanceOf(ServerAway.class);
    }

    @Test
    void awaitsNothingUntilTheServerIsBack() {
        reach.lose();
        assertThatThrownBy(reach.await(new CompletableFuture<>())::join).hasCauseInstanceOf(ServerAway.class);

        reach.regain();
        assertThat(reach.await(new CompletableFuture<>())).isNotDone();
    }
}
