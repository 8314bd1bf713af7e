package io.guildhall.api.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OperatorKeyTest {

    @TempDir
    private Path home;

    @Test
    void isTheOneGivenThenTheEnvironmentsThenTheHomes() throws Exception {
        Files.writeString(home.resolve("operator.key"), "of the home\n");

        assertThat(OperatorKey.find("given", "of the environment", home)).isEqualTo("given");
        assertThat(OperatorKey.find(null, "of the environment", home)).isEqualTo("of the environment");
        assertThat(OperatorKey.find("", " ", home)).isEqualTo("of the home");
    }

    @Test
    void isAskedForInWordsWhenThereIsNone() {
        assertThatThrownBy(() -> OperatorKey.find(null, null, home))
                .isInstanceOf(ServiceFailure.class)
                .hasMessageContaining("GUILDHALL_OPERATOR_KEY");
    }
}
