package io.guildhall.domain.kernel;

import static io.guildhall.domain.Facts.*;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.axonframework.messaging.MetaData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** R19. */
class ActTest {

    static List<Act> acts() {
        return List.of(
                Act.bySystem(),
                Act.byOperator("a-request"),
                Act.byOperator(null),
                Act.byAccount(ADA, null, "a-request"),
                Act.byAccount(ADA, TOKEN, "a-request"),
                Act.byAccount(ADA, null, "a-request").inSessionOf(TOKEN),
                Act.byAccount(null, TOKEN, null));
    }

    @ParameterizedTest
    @MethodSource("acts")
    void isReadFromMetaDataAsItWasWritten(Act act) {
        assertThat(Act.from(act.toMetaData())).isEqualTo(act);
    }

    @ParameterizedTest
    @MethodSource("acts")
    void isWrittenAsText(Act act) {
        assertThat(act.toMetaData().values())
                .allSatisfy(value -> assertThat(value).isInstanceOf(String.class));
    }

    @Test
    void isTheSystemsWhereNothingIsSaid() {
        assertThat(Act.from(MetaData.emptyInstance())).isEqualTo(Act.bySystem());
    }
}
