package io.guildhall.api.proof;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.guildhall.api.error.RequestRejectionException;
import io.guildhall.api.security.Caller;
import io.guildhall.api.security.PathResource;
import io.guildhall.api.security.Permission;
import io.guildhall.api.security.RequiresPermission;
import io.guildhall.infrastructure.auditlog.MerkleLog;
import io.guildhall.infrastructure.auditlog.TrailEvent;
import io.guildhall.infrastructure.auditlog.TrailEvents;
import io.guildhall.infrastructure.checkpoint.SigningKey;
import io.guildhall.infrastructure.checkpoint.TrailProofs;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.validation.constraints.Pattern;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Lets anybody who reads a trail see for themselves that nothing in it was changed, removed or put in. */
@RestController
class ProofEndpoint implements PathResource {

    private static final MediaType TEXT = MediaType.parseMediaType("text/plain;charset=UTF-8");

    private static final String SIZE_RULE = "must be how many activities a checkpoint is of.";

    private final TrailProofs proofs;
    private final MerkleLog log;
    private final TrailEvents events;
    private final SigningKey key;

    ProofEndpoint(TrailProofs proofs, MerkleLog log, TrailEvents events, SigningKey key) {
        this.proofs = proofs;
        this.log = log;
        this.events = events;
        this.key = key;
    }

    /** @param note what the same route answers as text */
    record CheckpointReply(String origin, long size, String rootHash, String note) {}

    /**
     * @param event what is proven, as it is stored
     * @param leafIndex the place in the log, which counts from 0: one less than the sequence number
     * @param leafHash RFC 6962 over the canonical form (RFC 8785) of {@code event}
     * @param hashes from the bottom up (RFC 6962, section 2.1.1)
     * @param checkpoint of that size, when none was asked for
     */
    record Inclusion(
            @JsonRawValue String event,
            long sequence,
            long leafIndex,
            long size,
            String leafHash,
            List<String> hashes,
            @Nullable String checkpoint) {}

    /** @param hashes of RFC 6962, section 2.1.2 */
    record Consistency(long from, long to, List<String> hashes) {}

    /** Signed by {@link #key}. As JSON for those who ask for it. */
    @GetMapping(
            path = "/v1/activities/checkpoint",
            produces = {MediaType.TEXT_PLAIN_VALUE, MediaType.APPLICATION_JSON_VALUE})
    @RequiresPermission(Permission.TRAIL_READ)
    @ApiResponse(
            responseCode = "200",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                            schema = @Schema(implementation = CheckpointReply.class)))
    ResponseEntity<Object> checkpoint(
            @RequestHeader(name = HttpHeaders.ACCEPT, required = false) @Nullable String accept, Caller caller) {
        TrailProofs.Signed signed = proofs.checkpoint(caller.organization());
        return accept != null && accept.contains(MediaType.APPLICATION_JSON_VALUE)
                ? ResponseEntity.ok()
                        .contentType(MediaType.APPLICATION_JSON)
                        .body(new CheckpointReply(signed.origin(), signed.size(), base64(signed.root()), signed.note()))
                : ResponseEntity.ok().contentType(TEXT).body(signed.note());
    }

    /** Shows that an activity is in the log that a checkpoint is of; in that of now when no size is given. */
    @GetMapping("/v1/activities/{id}/proof")
    @RequiresPermission(value = Permission.TRAIL_READ, resource = ProofEndpoint.class)
    Inclusion inclusion(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") @Pattern(regexp = "[0-9]{0,18}", message = SIZE_RULE) String size,
            Caller caller) {
        UUID trail = caller.organization();
        TrailEvent event = find(id, trail);
        TrailProofs.Signed now = size.isEmpty() ? proofs.checkpoint(trail) : null;
        long asked = now == null ? Long.parseLong(size) : now.size();
        if (asked < event.sequence() || now == null && asked > log.size(trail)) {
            throw RequestRejectionException.invalidArgument(
                    "size",
                    "size must be at least the activity's sequence number, and at most the number of activities in the trail.");
        }
        MerkleLog.Inclusion shown = log.inclusion(trail, event.sequence(), asked);
        return new Inclusion(
                event.json(),
                event.sequence(),
                MerkleLog.leafOf(event.sequence()),
                asked,
                base64(shown.leafHash()),
                shown.path().stream().map(ProofEndpoint::base64).toList(),
                now == null ? null : now.note());
    }

    @Override
    public void require(UUID activity, Caller caller) {
        find(activity, caller.organization());
    }

    private TrailEvent find(UUID activity, UUID trail) {
        TrailEvent event = events.find(trail, activity);
        if (event == null) {
            throw RequestRejectionException.notFound("activity");
        }
        return event;
    }

    /** Shows that what one checkpoint is of is the beginning of what a later one is of. */
    @GetMapping("/v1/activities/consistency")
    @RequiresPermission(Permission.TRAIL_READ)
    Consistency consistency(
            @RequestParam(defaultValue = "") @Pattern(regexp = "[0-9]{1,18}", message = SIZE_RULE) String from,
            @RequestParam(defaultValue = "") @Pattern(regexp = "[0-9]{0,18}", message = SIZE_RULE) String to,
            Caller caller) {
        UUID trail = caller.organization();
        long first = Long.parseLong(from);
        long size = log.size(trail);
        long second = to.isEmpty() ? size : Long.parseLong(to);
        if (second > size) {
            throw RequestRejectionException.invalidArgument("to", "to must be no more than there are activities.");
        }
        if (first > second) {
            throw RequestRejectionException.invalidArgument("from", "from must be no more than to.");
        }
        return new Consistency(
                first,
                second,
                log.consistency(trail, first, second).stream()
                        .map(ProofEndpoint::base64)
                        .toList());
    }

    /** What all checkpoints are signed with, for C2SP's signed notes: {@code name+id+key}. */
    @GetMapping(path = "/v1/activities/key", produces = MediaType.TEXT_PLAIN_VALUE)
    @RequiresPermission(Permission.PUBLIC)
    ResponseEntity<String> key() {
        return ResponseEntity.ok().contentType(TEXT).body(key.verifier().text() + "\n");
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
