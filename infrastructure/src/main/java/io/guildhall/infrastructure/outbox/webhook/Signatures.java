package io.guildhall.infrastructure.outbox.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.guildhall.infrastructure.encryption.KeyedHash;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/** Secrets and signatures of the Standard Webhooks specification: HMAC-SHA-256 over id, time and body. */
final class Signatures {

    private static final String SECRET_PREFIX = "whsec_";
    private static final String VERSION = "v1,";

    private Signatures() {}

    /** A secret as receivers are told it. */
    static String secret(byte[] key) {
        return SECRET_PREFIX + Base64.getEncoder().encodeToString(key);
    }

    /** The header {@code webhook-signature}: by each secret one, so that a receiver may know either. */
    static String sign(List<String> secrets, String id, Instant time, byte[] body) {
        return secrets.stream().map(secret -> sign(secret, id, time, body)).collect(Collectors.joining(" "));
    }

    private static String sign(String secret, String id, Instant time, byte[] body) {
        var hash = new KeyedHash(Base64.getDecoder().decode(secret.substring(SECRET_PREFIX.length())));
        byte[] head = "%s.%d.".formatted(id, time.getEpochSecond()).getBytes(UTF_8);
        return VERSION + Base64.getEncoder().encodeToString(hash.of(head, body));
    }
}
