package io.guildhall.infrastructure.idempotency;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.guildhall.infrastructure.eventstore.TimeOrderedUuid;
import io.guildhall.infrastructure.idempotency.IdempotencyStore.Lease;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;
import org.axonframework.eventhandling.GenericEventMessage;
import org.jspecify.annotations.Nullable;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;

/**
 * The execution of one request: the ids and secrets that it generates, and the one command that it sends.
 *
 * <p>With an idempotency key, each generated value derives from the key's secret and a label such as {@code organization-id}. A repeated
 * execution therefore generates the same values, and skips the command if an earlier execution has carried it out. Without a key, values
 * are random.
 */
public final class IdempotentExecution {

    /** Metadata of a command, and with an Axon Server of its events: the id of the key's row. */
    public static final String KEY = "idempotencyKey";

    /** Metadata of a command: the lease that must still be valid when its events are stored. */
    static final String LEASE = "idempotencyLease";

    private static final String ATTRIBUTE = IdempotentExecution.class.getName();
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int UUID_BYTES = 16;
    private static final int VERSION_BYTE = 6;
    private static final int VARIANT_BYTE = 8;

    private enum Progress {
        NOTHING_CHANGED,
        COMMAND_SENT,
        EVENTS_APPENDED
    }

    private final @Nullable Lease lease;
    private final Set<String> labels = new HashSet<>();
    private volatile Progress progress = Progress.NOTHING_CHANGED;
    private volatile boolean replyKept;

    private IdempotentExecution(@Nullable Lease lease) {
        this.lease = lease;
    }

    /** Makes the current request an execution under a lease. */
    public static IdempotentExecution begin(Lease lease) {
        var execution = new IdempotentExecution(lease);
        RequestContextHolder.currentRequestAttributes()
                .setAttribute(ATTRIBUTE, execution, RequestAttributes.SCOPE_REQUEST);
        return execution;
    }

    /** Returns the execution of the current request. Without an idempotency key, and outside of requests, it keeps nothing. */
    public static IdempotentExecution current() {
        RequestAttributes request = RequestContextHolder.getRequestAttributes();
        return request != null
                        && request.getAttribute(ATTRIBUTE, RequestAttributes.SCOPE_REQUEST)
                                instanceof IdempotentExecution execution
                ? execution
                : new IdempotentExecution(null);
    }

    /** Generates an id that sorts by time: a UUID of version 4. The time is that of the idempotency key's first use. */
    public static UUID newId(String label) {
        return current().id(label);
    }

    /** Generates an id that cannot be guessed, for a mailed link: a random UUID of version 4. */
    public static UUID newLinkId(String label) {
        return current().linkId(label);
    }

    /** Generates the bytes of a secret. */
    public static byte[] newSecret(String label, int length) {
        return current().bytes(label, length);
    }

    private UUID id(String label) {
        return TimeOrderedUuid.version4(
                lease == null ? GenericEventMessage.clock.instant() : lease.createdAt(),
                bytes(label, TimeOrderedUuid.RANDOM_BYTES));
    }

    private UUID linkId(String label) {
        byte[] bytes = bytes(label, UUID_BYTES);
        bytes[VERSION_BYTE] = (byte) (bytes[VERSION_BYTE] & 0x0F | 0x40);
        bytes[VARIANT_BYTE] = (byte) (bytes[VARIANT_BYTE] & 0x3F | 0x80);
        ByteBuffer bits = ByteBuffer.wrap(bytes);
        return new UUID(bits.getLong(), bits.getLong());
    }

    private byte[] bytes(String label, int length) {
        if (lease == null) {
            byte[] random = new byte[length];
            RANDOM.nextBytes(random);
            return random;
        }
        if (!labels.add(label)) {
            throw new IllegalStateException("A request generates two values with the label " + label);
        }
        try {
            return KDF.getInstance("HKDF-SHA256")
                    .deriveData(HKDFParameterSpec.expandOnly(lease.secret(), label.getBytes(UTF_8), length));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether an earlier execution of this request has changed something. */
    public boolean isReplay() {
        return lease != null && lease.done() != null;
    }

    /**
     * Begins the command of this request.
     *
     * @return the position that the command reached in an earlier execution; empty if it has yet to be sent
     * @throws IllegalStateException when the request has already sent a command that changes something
     */
    public OptionalLong beginCommand() {
        if (lease == null) {
            return OptionalLong.empty();
        }
        if (progress != Progress.NOTHING_CHANGED) {
            throw new IllegalStateException("A request sends one command");
        }
        Long done = lease.done();
        progress = done == null ? Progress.COMMAND_SENT : Progress.EVENTS_APPENDED;
        return done == null ? OptionalLong.empty() : OptionalLong.of(done);
    }

    /**
     * Ends the command of this request. Not called for a command whose outcome is unknown.
     *
     * @param appended whether the command appended an event
     */
    public void endCommand(boolean appended) {
        progress = appended ? Progress.EVENTS_APPENDED : Progress.NOTHING_CHANGED;
    }

    /** Stores the reply whether or not the request changes anything, so that its presence reveals nothing. */
    public void keepReply() {
        replyKept = true;
    }

    /** Whether a repeat gets this execution's reply. */
    public boolean isReplyKept() {
        return replyKept || progress == Progress.EVENTS_APPENDED;
    }

    /** Whether the request has certainly changed nothing. */
    public boolean isUnchanged() {
        return progress == Progress.NOTHING_CHANGED;
    }

    /** Returns the metadata that ties a command to the idempotency key. */
    public Map<String, String> metaData() {
        return lease == null
                ? Map.of()
                : Map.of(KEY, lease.key().toString(), LEASE, lease.id().toString());
    }
}
