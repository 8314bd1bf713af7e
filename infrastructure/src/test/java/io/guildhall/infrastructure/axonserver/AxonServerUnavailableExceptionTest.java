package io.guildhall.infrastructure.axonserver;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import io.guildhall.domain.shared.DomainRejectionException;
import io.guildhall.domain.user.UserRejections;
import org.axonframework.eventsourcing.eventstore.EventStoreException;
import org.junit.jupiter.api.Test;

class AxonServerUnavailableExceptionTest {

    @Test
    void knowsALostRaceByTheServersWords() {
        var refused = Status.OUT_OF_RANGE
                .withDescription("[AXONIQ-2000] Invalid sequence number 2 for aggregate t1, expected 3")
                .asRuntimeException();

        assertThat(AxonServerUnavailableException.isLostRace(refused)).isTrue();
        assertThat(AxonServerUnavailableException.isLostRace(new EventStoreException("append", refused)))
                .isTrue();
    }

    @Test
    void takesNoOtherFailureForALostRace() {
        assertThat(AxonServerUnavailableException.isLostRace(Status.UNAVAILABLE.asRuntimeException()))
                .isFalse();
        assertThat(AxonServerUnavailableException.isLostRace(new IllegalStateException()))
                .isFalse();
    }

    @Test
    void knowsAServerThatIsAwayHoweverItIsSaid() {
        assertThat(AxonServerUnavailableException.isReasonOf(Status.UNAVAILABLE.asRuntimeException()))
                .isTrue();
        assertThat(AxonServerUnavailableException.isReasonOf(
                        new IllegalStateException(Status.UNAVAILABLE.asRuntimeException())))
                .isTrue();
        assertThat(AxonServerUnavailableException.isReasonOf(new org.axonframework.messaging.ExecutionException(
                        "Timeout while executing request", new IllegalStateException())))
                .isTrue();
    }

    @Test
    void takesNoMistakeAndNoRefusalForAnAbsence() {
        assertThat(AxonServerUnavailableException.isReasonOf(new IllegalStateException("a mistake")))
                .isFalse();
        assertThat(AxonServerUnavailableException.isReasonOf(new DomainRejectionException(UserRejections.NO_SUCH_USER)))
                .isFalse();
    }
}
