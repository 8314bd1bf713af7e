package io.guildhall.api.axonserver;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import io.guildhall.domain.shared.DomainRejectionException;
import io.guildhall.domain.user.UserRejections;
import org.axonframework.eventsourcing.eventstore.EventStoreException;
import org.junit.jupiter.api.Test;

class ServerAwayTest {

    @Test
    void knowsALostRaceByTheServersWords() {
        var refused = Status.OUT_OF_RANGE
                .withDescription("[AXONIQ-2000] Invalid sequence number 2 for aggregate t1, expected 3")
                .asRuntimeException();

        assertThat(ServerAway.isLostRace(refused)).isTrue();
        assertThat(ServerAway.isLostRace(new EventStoreException("append", refused)))
                .isTrue();
    }

    @Test
    void takesNoOtherFailureForALostRace() {
        assertThat(ServerAway.isLostRace(Status.UNAVAILABLE.asRuntimeException()))
                .isFalse();
        assertThat(ServerAway.isLostRace(new IllegalStateException())).isFalse();
    }

    @Test
    void knowsAServerThatIsAwayHoweverItIsSaid() {
        assertThat(ServerAway.isBehind(Status.UNAVAILABLE.asRuntimeException())).isTrue();
        assertThat(ServerAway.isBehind(new IllegalStateException(Status.UNAVAILABLE.asRuntimeException())))
                .isTrue();
        assertThat(ServerAway.isBehind(new org.axonframework.messaging.ExecutionException(
                        "Timeout while executing request", new IllegalStateException())))
                .isTrue();
    }

    @Test
    void takesNoMistakeAndNoRefusalForAnAbsence() {
        assertThat(ServerAway.isBehind(new IllegalStateException("a mistake"))).isFalse();
        assertThat(ServerAway.isBehind(new DomainRejectionException(UserRejections.NO_SUCH_USER)))
                .isFalse();
    }
}
