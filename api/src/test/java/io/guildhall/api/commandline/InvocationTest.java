package io.guildhall.api.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InvocationTest {

    private static final Set<String> COMMANDS = Set.of("backup", "restore", "operator");

    @Test
    void startsTheServiceWithoutACommand() {
        assertThat(of()).isEqualTo(new Invocation.Service(List.of()));
        assertThat(of("--server.port=9000", "--guildhall.home=a b$c"))
                .isEqualTo(new Invocation.Service(List.of("--server.port=9000", "--guildhall.home=a b$c")));
        assertThat(of("--spring.mail.host=")).isInstanceOf(Invocation.Service.class);
    }

    @Test
    void takesOptionsBeforeAndAfterACommand() {
        assertThat(of("--guildhall.home=DIR", "backup", "FILE"))
                .isEqualTo(new Invocation.Command(List.of("backup", "--guildhall.home=DIR", "FILE")));
        assertThat(of("backup", "FILE", "--guildhall.home=DIR"))
                .isEqualTo(new Invocation.Command(List.of("backup", "FILE", "--guildhall.home=DIR")));
        assertThat(of("--url=http://localhost:9000", "operator", "mails"))
                .isEqualTo(new Invocation.Command(List.of("operator", "--url=http://localhost:9000", "mails")));
    }

    @Test
    void showsHelpAndVersionWhereverTheyAreAskedFor() {
        assertThat(of("--help")).isEqualTo(new Invocation.Command(List.of("--help")));
        assertThat(of("--server.port=9000", "--help")).isEqualTo(new Invocation.Command(List.of("--help")));
        assertThat(of("--version")).isEqualTo(new Invocation.Command(List.of("--version")));
        assertThat(of("backup", "--help")).isEqualTo(new Invocation.Command(List.of("backup", "--help")));
    }

    @ParameterizedTest
    @CsvSource({
        "bakup FILE, Did you mean backup?",
        "unrelated, 'Commands: backup, operator, restore.'",
        "--server.port 9000, --server.port=9000",
        "--server.port, --server.port=VALUE",
        "-p=9000, Unknown argument -p=9000",
        "--guildhall.home=DIR bakup FILE, Did you mean backup?",
        "--guildhall.home backup FILE, --guildhall.home=VALUE"
    })
    void refusesWhatItWouldOtherwiseIgnore(String line, String told) {
        assertThat(of(line.split(" ")))
                .isInstanceOfSatisfying(
                        Invocation.Mistake.class,
                        mistake -> assertThat(mistake.reason()).contains(told));
    }

    private static Invocation of(String... arguments) {
        return Invocation.of(List.of(arguments), COMMANDS);
    }
}
