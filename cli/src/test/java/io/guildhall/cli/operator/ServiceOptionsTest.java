package io.guildhall.cli.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ServiceOptionsTest {

    @TempDir
    private Path home;

    @Test
    void readsTheKeyOfTheHomeWhenNoneIsGiven() throws Exception {
        ServiceOptions options = parsed("--home=" + home);
        assertThatThrownBy(options::key)
                .isInstanceOf(OperatorClientException.class)
                .hasMessageContainingAll(home.toString(), "GUILDHALL_OPERATOR_KEY", "--guildhall.home");

        Files.writeString(home.resolve("operator.key"), "of the home\n");

        assertThat(options.key()).isEqualTo("of the home");
        assertThat(parsed("--guildhall.home=" + home, "--key=given").key()).isEqualTo("given");
    }

    private static ServiceOptions parsed(String... arguments) {
        ServiceOptions options = new ServiceOptions();
        new CommandLine(options).parseArgs(arguments);
        return options;
    }
}
