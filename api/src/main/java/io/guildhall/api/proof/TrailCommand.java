package io.guildhall.api.proof;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.guildhall.api.commandline.KeyConverter;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.zip.GZIPInputStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code ./guildhall trail verify EXPORT --key @FILE}: needs neither a service nor a database. */
@Command(name = "trail", description = "Verify trails, without a service.", sortOptions = false)
public final class TrailCommand implements Runnable {

    private static final int BUFFER = 1 << 16;
    private static final int GZIP_MAGIC = 0x1f8b;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(names = "--help", usageHelp = true, scope = ScopeType.INHERIT, description = "Says this.")
    private boolean help;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which command?");
    }

    @Command(
            name = "verify",
            description = {
                "See whether an export of a trail is all that the service has signed, and nothing else.",
                "Exit status 0 only if all of it holds; otherwise the first line that is wrong is named."
            })
    int verify(
            @Parameters(
                            paramLabel = "EXPORT",
                            description = "From GET /v1/activities/export?format=ndjson, gzipped or not.")
                    Path export,
            @Option(
                            names = "--key",
                            required = true,
                            paramLabel = "KEY|@FILE",
                            converter = KeyConverter.class,
                            description =
                                    "What GET /v1/activities/key answered, from a time or a way that you trust; or @ and"
                                            + " the file that holds it.")
                    String keyText,
            @Option(
                            names = "--checkpoint",
                            paramLabel = "FILE",
                            description =
                                    "What GET /v1/activities/checkpoint answered earlier; can be repeated. The export"
                                            + " must be what grew out of it.")
                    List<Path> checkpoints) {
        try {
            VerifierKey key = VerifierKey.parse(keyText);
            if (key == null) {
                return fail("The value of --key is no key. Give what GET /v1/activities/key answered, or @FILE.");
            }
            List<Checkpoint> known = new ArrayList<>();
            for (Path file : checkpoints == null ? List.<Path>of() : checkpoints) {
                Checkpoint checkpoint = Checkpoint.open(Files.readString(file), key);
                if (checkpoint == null) {
                    return fail(file + " holds no checkpoint that is signed with this key.");
                }
                known.add(checkpoint);
            }
            try (BufferedReader lines = open(export)) {
                Checkpoint signed = new ExportVerifier(key, known).verify(lines);
                spec.commandLine()
                        .getOut()
                        .printf(
                                "All of it holds: %d activities, signed as %s with root %s.%nNames are those of the"
                                        + " time of the export; nothing proves them.%n",
                                signed.size(),
                                signed.origin(),
                                Base64.getEncoder().encodeToString(signed.root()));
                return ExitCode.OK;
            }
        } catch (VerificationException wrong) {
            return fail(String.valueOf(wrong.getMessage()));
        } catch (MalformedInputException e) {
            return fail("The export is not in UTF-8.");
        } catch (IOException e) {
            return fail("It cannot be read: " + e.getMessage());
        }
    }

    private int fail(String why) {
        spec.commandLine().getErr().println(why);
        return ExitCode.SOFTWARE;
    }

    private static BufferedReader open(Path file) throws IOException {
        InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER);
        in.mark(2);
        int magic = in.read() << 8 | in.read();
        in.reset();
        return new BufferedReader(
                new InputStreamReader(magic == GZIP_MAGIC ? new GZIPInputStream(in, BUFFER) : in, UTF_8.newDecoder()),
                BUFFER);
    }
}
