package io.guildhall.api.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Secrets and signatures of the Standard Webhooks specification: HMAC-SHA-256 over id, time and body. */
final class Signatures {

    private static final String SECRET_PREFIX = "whsec_";
    private static final String VERSION = "v1,";
    private static final String ALGORITHM = "HmacSHA256";

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
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(
                    new SecretKeySpec(Base64.getDecoder().decode(secret.substring(SECRET_PREFIX.length())), ALGORITHM));
            mac.update("%s.%d.".formatted(id, time.getEpochSecond()).getBytes(UTF_8));
            return VERSION + Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
