package io.guildhall.cli.trail;

import io.guildhall.infrastructure.auditlog.IncrementalMerkleTree;
import io.guildhall.infrastructure.auditlog.TrailEvent;
import io.guildhall.infrastructure.checkpoint.Checkpoint;
import io.guildhall.infrastructure.checkpoint.VerifierKey;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Verifies an export of a whole trail from the export alone: each event has its logged hash, each activity agrees with its event, none is
 * missing or out of order, and the service's key has signed all of them.
 */
final class ExportVerifier {

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .build();

    private final VerifierKey key;
    private final Iterator<Checkpoint> known;
    private final IncrementalMerkleTree tree = new IncrementalMerkleTree();
    private @Nullable Checkpoint nextKnown;
    private @Nullable String organization;
    private long number;

    /** @param known earlier checkpoints that the trail must continue */
    ExportVerifier(VerifierKey key, List<Checkpoint> known) {
        this.key = key;
        this.known = known.stream()
                .sorted(Comparator.comparingLong(Checkpoint::size))
                .iterator();
        this.nextKnown = this.known.hasNext() ? this.known.next() : null;
    }

    /**
     * Verifies the export and returns its signed checkpoint.
     *
     * @throws VerificationException when the export does not hold, or is filtered: it then cannot prove that no activity is missing
     */
    Checkpoint verify(BufferedReader export) throws IOException, VerificationException {
        compareWithKnown();
        for (String text = export.readLine(); text != null; text = export.readLine()) {
            number++;
            JsonNode line = parse(text);
            if (line.has("trailer")) {
                Checkpoint signed = trailer(line.path("trailer"));
                if (export.readLine() != null) {
                    number++;
                    throw wrong("nothing may come after the trailer.");
                }
                return signed;
            }
            if (line.has("broken_off")) {
                throw wrong("the export broke off here: "
                        + line.path("broken_off").path("reason").asString());
            }
            activity(line, export);
        }
        throw new VerificationException(0, "The end is missing: there is no trailer after line %d.".formatted(number));
    }

    private JsonNode parse(String text) throws VerificationException {
        try {
            JsonNode line = JSON.readTree(text);
            if (line.isObject()) {
                return line;
            }
        } catch (JacksonException e) {
            // Reported below.
        }
        throw wrong("this is no JSON object.");
    }

    private void activity(JsonNode line, BufferedReader rest) throws IOException, VerificationException {
        JsonNode event = line.path("event");
        JsonNode place = event.path("sequence");
        if (!place.isIntegralNumber()) {
            throw wrong("there is no event in it.");
        }
        long expected = tree.size() + 1;
        if (place.longValue() != expected) {
            throw endsAsFiltered(rest)
                    ? filtered()
                    : wrong("activity %d should be here, and this is activity %d."
                            .formatted(expected, place.longValue()));
        }
        byte[] hash;
        try {
            hash = TrailEvent.leafHash(event.toString());
        } catch (IOException e) {
            throw wrong("its event cannot be read.");
        }
        if (!Base64.getEncoder()
                .encodeToString(hash)
                .equals(line.path("leaf_hash").asString(""))) {
            throw wrong("its event is not the one that was logged as activity %d.".formatted(expected));
        }
        if (organization == null) {
            organization = event.path("organization").asString("");
        } else if (!organization.equals(event.path("organization").asString(""))) {
            throw wrong("its event is another organization's.");
        }
        String field = ActivityComparison.mismatch(line.path("activity"), event);
        if (field != null) {
            throw wrong("the activity's %s is not what its event says.".formatted(field));
        }
        tree.append(hash);
        compareWithKnown();
    }

    private void compareWithKnown() throws VerificationException {
        while (nextKnown != null && nextKnown.size() == tree.size()) {
            if (!Arrays.equals(nextKnown.root(), tree.root())) {
                throw wrong("the activities up to here are not those of the checkpoint of %d activities."
                        .formatted(tree.size()));
            }
            nextKnown = known.hasNext() ? known.next() : null;
        }
    }

    private Checkpoint trailer(JsonNode trailer) throws VerificationException {
        JsonNode filtered = trailer.path("filtered");
        if (!filtered.isBoolean()) {
            throw wrong("the trailer does not say whether the export is filtered.");
        }
        if (filtered.booleanValue()) {
            throw filtered();
        }
        // The trailer of a resumed export counts the activities after the interruption.
        if (trailer.path("after").longValue(-1) + trailer.path("count").longValue(-1) != tree.size()) {
            throw wrong("its count does not fit the %d activities that are here.".formatted(tree.size()));
        }
        Checkpoint signed = Checkpoint.open(trailer.path("checkpoint").asString(""), key);
        if (signed == null) {
            throw wrong("the checkpoint is not signed with this key.");
        }
        if (signed.size() != tree.size()) {
            throw wrong("%d activities were signed, and %d are here.".formatted(signed.size(), tree.size()));
        }
        if (organization != null && !signed.origin().endsWith("/organization/" + organization)) {
            throw wrong("the checkpoint is another organization's.");
        }
        if (!Arrays.equals(signed.root(), tree.root())) {
            throw wrong("the activities are not the ones that were signed: some line was changed together with its"
                    + " leaf_hash.");
        }
        if (nextKnown != null) {
            throw wrong("there was a checkpoint of %d activities before, and only %d are here."
                    .formatted(nextKnown.size(), tree.size()));
        }
        return signed;
    }

    /** Reads the rest of the export. */
    private static boolean endsAsFiltered(BufferedReader rest) throws IOException {
        String last = "";
        for (String text = rest.readLine(); text != null; text = rest.readLine()) {
            last = text;
        }
        try {
            return JSON.readTree(last).path("trailer").path("filtered").asBoolean(false);
        } catch (JacksonException e) {
            return false;
        }
    }

    private static VerificationException filtered() {
        return new VerificationException(
                0,
                "This is a filtered export. It has only the activities that the filter chose, so it cannot prove that no"
                        + " activity is missing. Export the trail without filters and verify that file.");
    }

    private VerificationException wrong(String what) {
        return new VerificationException(number, what);
    }
}
