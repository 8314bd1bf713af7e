package io.guildhall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ParseResult;

class GuildhallCliTest {

    private final StringWriter output = new StringWriter();
    private final CommandLine line =
            GuildhallCli.commandLine().setOut(new PrintWriter(output, true)).setErr(new PrintWriter(output, true));

    @Test
    void passesPropertiesToTheService() {
        ParseResult parsed = parse("--server.port=9000", "--guildhall.home=a b$c", "--spring.mail.host=");

        assertThat(parsed.hasSubcommand()).isFalse();
        assertThat(parsed.unmatched())
                .containsExactly("--server.port=9000", "--guildhall.home=a b$c", "--spring.mail.host=");
    }

    @ParameterizedTest
    @ValueSource(strings = {"backup FILE --guildhall.home=DIR", "--guildhall.home=DIR backup FILE"})
    void takesPropertiesBeforeAndAfterACommand(String arguments) {
        ParseResult backup = parse(arguments.split(" ")).subcommand();

        assertThat(backup.commandSpec().name()).isEqualTo("backup");
        assertThat(backup.matchedPositionals()).hasSize(1);
        assertThat(backup.unmatched()).containsExactly("--guildhall.home=DIR");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--url=http://localhost:9000 operator retry-mails ID",
                "operator --url=http://localhost:9000 retry-mails ID",
                "operator retry-mails ID --url=http://localhost:9000",
                "--url http://localhost:9000 operator retry-mails ID"
            })
    void takesOptionsBeforeAndAfterACommandAndItsSubcommand(String arguments) {
        ParseResult retry = parse(arguments.split(" ")).subcommand().subcommand();

        assertThat(retry.commandSpec().name()).isEqualTo("retry-mails");
        assertThat(retry.matchedOption("--url").<Object>getValue()).hasToString("http://localhost:9000");
        assertThat(retry.matchedPositionals()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "bakup FILE, Did you mean: guildhall backup",
        "--guildhall.home=DIR bakup FILE, Did you mean: guildhall backup",
        "--server.port 9000, --server.port=VALUE",
        "--server.port, --server.port=VALUE",
        "--guildhall.home backup FILE, --guildhall.home=VALUE",
        "-p=9000, '-p=9000'",
        "operator, Missing required subcommand",
        "projections unknown, 'unknown'",
        "operator lok acme reason, Did you mean",
        "events copy --from=postgres --to=postgres, --from and --to name the same store",
        "backup, Missing required parameter: 'FILE'"
    })
    void refusesWhatItWouldOtherwiseIgnore(String arguments, String message) {
        assertThat(execute(arguments.split(" "))).isEqualTo(ExitCode.USAGE);
        assertThat(output.toString()).contains(message);
    }

    @ParameterizedTest
    @CsvSource({
        "--help, Commands:",
        "--server.port=9000 --help, Commands:",
        "backup --help, Usage: guildhall backup",
        "--help backup, Usage: guildhall backup",
        "operator lock -h, Usage: guildhall operator lock",
        "operator --help lock, Usage: guildhall operator lock",
        "--version, Guildhall",
        "-V, Java"
    })
    void showsHelpAndVersion(String arguments, String message) {
        assertThat(execute(arguments.split(" "))).isEqualTo(ExitCode.OK);
        assertThat(output.toString()).contains(message).doesNotContain("Exception");
    }

    private ParseResult parse(String... arguments) {
        return line.parseArgs(GuildhallCli.commandFirst(line, arguments));
    }

    private int execute(String... arguments) {
        return line.execute(GuildhallCli.commandFirst(line, arguments));
    }
}
