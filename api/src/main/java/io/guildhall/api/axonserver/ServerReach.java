package io.guildhall.api.axonserver;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** Whether the Axon Server answers, as far as is known. */
public final class ServerReach {

    private final Set<CompletableFuture<?>> awaited = ConcurrentHashMap.newKeySet();
    private volatile boolean lost;

    boolean isLost() {
        return lost;
    }

    /** Whoever waits for an answer fails now. */
    void lose() {
        lost = true;
        awaited.forEach(ServerReach::giveUp);
    }

    void regain() {
        lost = false;
    }

    /** An answer of the server that is to come; it is given up with {@link ServerAway} when the server is known not to answer. */
    <T> CompletableFuture<T> await(CompletableFuture<T> answer) {
        awaited.add(answer);
        if (lost) {
            giveUp(answer);
        }
        answer.whenComplete((it, failure) -> awaited.remove(answer));
        return answer;
    }

    private static void giveUp(CompletableFuture<?> answer) {
        answer.completeExceptionally(new ServerAway(null));
    }
}
