package io.guildhall.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.cli.trail.TrailCommand;
import io.guildhall.infrastructure.auditlog.TrailEvent;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code trail verify}: with an export and a key alone, anybody can see whether it is what was signed. */
class TrailVerifyTest extends AcceptanceTestBase {

    private static final JsonMapper JSON = JsonMapper.shared();

    @TempDir
    private Path directory;

    private TestUser ada;
    private Path key;
    private List<String> export;

    @BeforeEach
    void export() throws IOException {
        ada = client.newcomer().creator("scale");
        TestUser bob = ada.welcome(client.newcomer());
        bob.token("ORGANIZATION");
        ada.remove(bob.membership()).ok();
        key = write("key", List.of(client.get("/v1/activities/key").ok().body().strip()));
        export = ada.client().get("/v1/activities/export").ok().body().lines().toList();
    }

    @Test
    void acceptsAWholeExport() throws IOException {
        assertThat(verify(export)).startsWith("0 All of it holds: %d activities".formatted(export.size() - 1));
        Path compressed = directory.resolve("export.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(compressed))) {
            Files.copy(write("export", export), out);
        }
        assertThat(run("verify", compressed.toString(), "--key=@" + key)).startsWith("0 ");
    }

    @Test
    void acceptsAnExportThatWasResumed() throws IOException {
        List<String> resumed = new ArrayList<>(export.subList(0, 4));
        ada.invite(Client.unusedEmail());
        ada.client().get("/v1/activities/export?after=4").ok().body().lines().forEach(resumed::add);
        assertThat(verify(resumed)).startsWith("0 All of it holds: %d activities".formatted(export.size()));
    }

    /** Whatever it was, apart from names, which nothing proves. */
    @Test
    void namesTheLineOfWhichOneByteWasChanged() throws IOException {
        int line = 4;
        String text = export.get(line);
        JsonNode proven = proven(text);
        for (int i = 0; i < text.length(); i++) {
            String changed = text.substring(0, i) + (char) (text.charAt(i) + 1) + text.substring(i + 1);
            if (!proven.equals(proven(changed))) {
                assertThat(verify(with(line, changed))).as(changed).startsWith("1 Line 5: ");
            }
        }
        int trailer = export.size() - 1;
        String last = export.get(trailer);
        for (int i = 0; i < last.length(); i++) {
            String changed = last.substring(0, i) + (char) (last.charAt(i) + 1) + last.substring(i + 1);
            assertThat(verify(with(trailer, changed))).as(changed).startsWith("1 Line %d: ".formatted(trailer + 1));
        }
    }

    @Test
    void namesTheFirstLineThatIsMissingOrOutOfPlace() throws IOException {
        List<String> removed = new ArrayList<>(export);
        removed.remove(2);
        assertThat(verify(removed)).isEqualTo("1 Line 3: activity 3 should be here, and this is activity 4.");

        List<String> swapped = new ArrayList<>(export);
        swapped.set(2, export.get(5));
        swapped.set(5, export.get(2));
        assertThat(verify(swapped)).isEqualTo("1 Line 3: activity 3 should be here, and this is activity 6.");

        List<String> twice = new ArrayList<>(export);
        twice.add(3, export.get(2));
        assertThat(verify(twice)).isEqualTo("1 Line 4: activity 4 should be here, and this is activity 3.");

        assertThat(verify(export.subList(0, 4))).isEqualTo("1 The end is missing: there is no trailer after line 4.");
        assertThat(verify(List.of())).isEqualTo("1 The end is missing: there is no trailer after line 0.");
        List<String> cut = new ArrayList<>(export);
        cut.remove(export.size() - 2);
        assertThat(verify(cut))
                .isEqualTo("1 Line %d: its count does not fit the %d activities that are here."
                        .formatted(cut.size(), cut.size() - 1));
        assertThat(verify(cut.stream()
                        .map(text -> text.replace("\"count\":" + cut.size(), "\"count\":" + (cut.size() - 1)))
                        .toList()))
                .isEqualTo("1 Line %1$d: %1$d activities were signed, and %2$d are here."
                        .formatted(cut.size(), cut.size() - 1));
        assertThat(verify(Stream.concat(export.stream(), Stream.of("{}")).toList()))
                .endsWith("nothing may come after the trailer.");
    }

    /** By somebody who knows how lines are hashed. */
    @Test
    void refusesALineThatWasMadeAnewWithItsHash() throws IOException {
        ObjectNode line = (ObjectNode) JSON.readTree(export.get(3));
        ((ObjectNode) line.get("event").get("act")).put("request", "another");
        ((ObjectNode) line.get("activity").get("metadata")).put("request_id", "another");
        line.put(
                "leaf_hash",
                Base64.getEncoder()
                        .encodeToString(TrailEvent.leafHash(line.get("event").toString())));
        assertThat(verify(with(3, line.toString())))
                .startsWith("1 Line %d: the activities are not the ones that were signed".formatted(export.size()));
    }

    @Test
    void refusesWhatWasNotSignedByThisServiceOrForThisTrail() throws IOException {
        Path other = write("other", List.of("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"));
        assertThat(run("verify", write("export", export).toString(), "--key=@" + other))
                .endsWith("the checkpoint is not signed with this key.");
        Path none = write("none", List.of("no key"));
        assertThat(run("verify", write("export", export).toString(), "--key=@" + none))
                .startsWith("1 The value of --key is no key.");
        assertThat(run("verify", write("export", export).toString(), "--key=@missing"))
                .startsWith("2 Invalid value for option '--key': the file missing cannot be read");

        TestUser eve = client.newcomer().creator("scale");
        List<String> elsewhere =
                eve.client().get("/v1/activities/export").ok().body().lines().toList();
        List<String> mixed = new ArrayList<>(export);
        mixed.set(1, elsewhere.get(1));
        assertThat(verify(mixed)).isEqualTo("1 Line 2: its event is another organization's.");
    }

    /** Whether its activities are a part of the trail or, by chance, all of it. */
    @Test
    void saysThatAFilteredExportProvesNothingAboutWhatIsMissing() throws IOException {
        for (String filter : List.of("verb=joined", "verb=created", "verb=unknown", "since=2020-01-01")) {
            List<String> filtered = ada.client()
                    .get("/v1/activities/export?" + filter)
                    .ok()
                    .body()
                    .lines()
                    .toList();
            assertThat(verify(filtered))
                    .as(filter)
                    .isEqualTo(
                            "1 This is a filtered export. It has only the activities that the filter chose, so it cannot"
                                    + " prove that no activity is missing. Export the trail without filters and verify that file.");
        }
    }

    @Test
    void comparesWithCheckpointsThatWereKept() throws IOException {
        Path early = write(
                "early",
                List.of(ada.client()
                        .get("/v1/activities/checkpoint")
                        .ok()
                        .body()
                        .strip()));
        ada.invite(Client.unusedEmail());
        List<String> later =
                ada.client().get("/v1/activities/export").ok().body().lines().toList();
        Path late = write(
                "late",
                List.of(ada.client()
                        .get("/v1/activities/checkpoint")
                        .ok()
                        .body()
                        .strip()));
        Path whole = write("export", later);
        for (Path checkpoint : List.of(early, late)) {
            assertThat(run("verify", whole.toString(), "--key=@" + key, "--checkpoint", checkpoint.toString()))
                    .startsWith("0 ");
        }
        // The service has forgotten an activity since, and signed that.
        assertThat(run("verify", write("export", export).toString(), "--key=@" + key, "--checkpoint", late.toString()))
                .endsWith("there was a checkpoint of %d activities before, and only %d are here."
                        .formatted(later.size() - 1, export.size() - 1));
        TestUser eve = client.newcomer().creator("scale");
        Path foreign = write(
                "foreign",
                List.of(eve.client()
                        .get("/v1/activities/checkpoint")
                        .ok()
                        .body()
                        .strip()));
        assertThat(run("verify", whole.toString(), "--key=@" + key, "--checkpoint", foreign.toString()))
                .contains("are not those of the checkpoint");
    }

    /** Personal data is never in an event in clear text, and an erasure destroys its key (R20). */
    @Test
    void acceptsWhatWasExportedBeforeAndAfterSomebodyWasErased() throws IOException {
        operator.post("/operator/v1/users/" + ada.client().newcomer().id() + "/erase")
                .ok();
        TestUser bob = ada.welcome(client.newcomer());
        List<String> before =
                ada.client().get("/v1/activities/export").ok().body().lines().toList();
        operator.post("/operator/v1/users/" + bob.id() + "/erase").ok();
        List<String> after =
                ada.client().get("/v1/activities/export").ok().body().lines().toList();
        assertThat(String.join("", before)).contains(bob.name());
        assertThat(String.join("", after)).doesNotContain(bob.name()).doesNotContain(bob.email());
        assertThat(verify(before)).startsWith("0 ");
        assertThat(verify(after)).startsWith("0 ");
    }

    /** Null for what is no JSON any more, without what depends on when it is shown. */
    private static JsonNode proven(String text) {
        try {
            ObjectNode line = (ObjectNode) JSON.readTree(text);
            if (line.get("activity") instanceof ObjectNode activity) {
                if (activity.get("actor") instanceof ObjectNode actor) {
                    actor.retain("id", "type");
                }
                if (activity.get("object") instanceof ObjectNode object) {
                    object.retain("id", "type");
                }
            }
            return line;
        } catch (JacksonException | ClassCastException e) {
            return JSON.nullNode();
        }
    }

    private List<String> with(int index, String line) {
        List<String> changed = new ArrayList<>(export);
        changed.set(index, line);
        return changed;
    }

    private String verify(List<String> lines) throws IOException {
        return run("verify", write("export", lines).toString(), "--key=@" + key);
    }

    /** The exit status, and what was said. */
    private static String run(String... arguments) {
        var said = new StringWriter();
        var printer = new PrintWriter(said);
        int status = new CommandLine(new TrailCommand())
                .setOut(printer)
                .setErr(printer)
                .execute(arguments);
        return status + " " + said.toString().strip();
    }

    private Path write(String name, List<String> lines) throws IOException {
        return Files.write(directory.resolve(name), lines);
    }
}
