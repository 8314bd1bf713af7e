package io.guildhall.cli.trail;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.guildhall.cli.options.KeyConverter;
import io.guildhall.infrastructure.checkpoint.Checkpoint;
import io.guildhall.infrastructure.checkpoint.VerifierKey;
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
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code guildhall trail verify EXPORT --key @FILE}: verifies an export of a trail, without a service or a database. */
@Command(name = "trail", description = "Verifies exports of trails, without a service.")
public final class TrailCommand {

    private static final int BUFFER = 1 << 16;
    private static final int GZIP_MAGIC = 0x1f8b;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Command(
            name = "verify",
            description = {
                "Verifies that an export of a trail is what the service has signed, complete and unchanged.",
                "Exits with 0 if all of it holds. Otherwise names the first wrong line and exits with 1."
            })
    int verify(
            @Parameters(
                            paramLabel = "EXPORT",
                            description = "A file from GET /v1/activities/export?format=ndjson, gzipped or not.")
                    Path export,
            @Option(
                            names = "--key",
                            required = true,
                            paramLabel = "KEY|@FILE",
                            converter = KeyConverter.class,
                            description =
                                    "The public key from GET /v1/activities/key, obtained at a time or in a way that you trust;"
                                            + " or @ and the file that holds it.")
                    String keyText,
            @Option(
                            names = "--checkpoint",
                            paramLabel = "FILE",
                            description =
                                    "An earlier answer of GET /v1/activities/checkpoint, which the export must continue. Can"
                                            + " be repeated.")
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
            return fail("The file cannot be read: " + e.getMessage());
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
