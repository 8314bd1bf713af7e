package io.guildhall.domain.shared;

import static io.guildhall.domain.Facts.*;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.axonframework.messaging.MetaData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every event is one activity of its trail (R19). */
class ActorContextTest {

    static List<ActorContext> acts() {
        return List.of(
                ActorContext.bySystem(),
                ActorContext.byOperator("a-request"),
                ActorContext.byOperator(null),
                ActorContext.byUser(ADA, null, "a-request"),
                ActorContext.byUser(ADA, TOKEN, "a-request"),
                ActorContext.byUser(ADA, null, "a-request").inSessionOf(TOKEN),
                ActorContext.byUser(null, TOKEN, null));
    }

    @ParameterizedTest
    @MethodSource("acts")
    void isReadFromMetaDataAsItWasWritten(ActorContext actor) {
        assertThat(ActorContext.from(actor.toMetaData())).isEqualTo(actor);
    }

    @ParameterizedTest
    @MethodSource("acts")
    void isWrittenAsText(ActorContext actor) {
        assertThat(actor.toMetaData().values())
                .allSatisfy(value -> assertThat(value).isInstanceOf(String.class));
    }

    @Test
    void isTheSystemsWhereNothingIsSaid() {
        assertThat(ActorContext.from(MetaData.emptyInstance())).isEqualTo(ActorContext.bySystem());
    }
}
