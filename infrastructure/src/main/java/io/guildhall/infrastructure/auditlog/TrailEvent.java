package io.guildhall.infrastructure.auditlog;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.time.Instant;
import java.util.UUID;
import org.erdtman.jcs.JsonCanonicalizer;
import org.jspecify.annotations.Nullable;

/**
 * A stored event of an organization's trail, the subject of its proofs. Personal data stays encrypted in it, also after
 * a person is erased (R20: erasing destroys the key, not the event), so proofs never change.
 *
 * @param sequence its number in the trail, from 1
 * @param stream the aggregate
 * @param streamSequence its number in the aggregate's stream, from 0
 * @param act the stored metadata (actor, token, request), a JSON object
 * @param payload the stored payload, a JSON object
 */
public record TrailEvent(
        UUID id,
        UUID organization,
        long sequence,
        Instant time,
        String streamType,
        String stream,
        long streamSequence,
        String type,
        @Nullable String revision,
        String act,
        String payload) {

    /** Returns the event as a JSON object on one line. */
    public String json() {
        return "{\"id\":\"" + id
                + "\",\"organization\":\"" + organization
                + "\",\"sequence\":" + sequence
                + ",\"time\":\"" + Microseconds.text(time)
                + "\",\"stream_type\":\"" + streamType
                + "\",\"stream\":\"" + stream
                + "\",\"stream_sequence\":" + streamSequence
                + ",\"type\":\"" + type
                + (revision == null ? "" : "\",\"revision\":\"" + revision)
                + "\",\"act\":" + act
                + ",\"payload\":" + payload + "}";
    }

    /** Returns the hash of the event's leaf in the log. */
    public byte[] leafHash() {
        try {
            return leafHash(json());
        } catch (IOException e) {
            throw new TamperingDetectedException(
                    "Activity %d (event %s) is not valid JSON.".formatted(sequence, id), sequence);
        }
    }

    /**
     * Hashes the JSON of an event: RFC 6962 over its canonical form (RFC 8785).
     *
     * @throws IOException if it is not a JSON object or has a duplicate key
     */
    public static byte[] leafHash(String json) throws IOException {
        return MerkleHashes.leaf(new JsonCanonicalizer(json).getEncodedString().getBytes(UTF_8));
    }
}
