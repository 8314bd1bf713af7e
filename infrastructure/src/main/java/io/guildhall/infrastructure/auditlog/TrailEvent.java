package io.guildhall.infrastructure.auditlog;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.time.Instant;
import java.util.UUID;
import org.erdtman.jcs.JsonCanonicalizer;
import org.jspecify.annotations.Nullable;

/**
 * An event of an organization's trail as it is stored: what a trail's proofs are about. Personal data in it is encrypted, and stays so
 * when the person is erased (R20); therefore no proof ever changes.
 *
 * @param sequence its number in the trail, from 1 on
 * @param stream the aggregate that it comes from, whose event number {@code streamSequence} it is, from 0 on
 * @param act the stored metadata: who, through which token, in which request; a JSON object
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

    /** All of it as one JSON object, on one line. */
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

    /** What the log has of it. */
    public byte[] leafHash() {
        try {
            return leafHash(json());
        } catch (IOException e) {
            throw new TamperingDetectedException(
                    "Activity %d (event %s) can no longer be read.".formatted(sequence, id), sequence);
        }
    }

    /**
     * What a log has of the event that was written as this JSON: RFC 6962 over RFC 8785.
     *
     * @throws IOException when it is no JSON object, or says something twice
     */
    public static byte[] leafHash(String json) throws IOException {
        return MerkleHashes.leaf(new JsonCanonicalizer(json).getEncodedString().getBytes(UTF_8));
    }
}
