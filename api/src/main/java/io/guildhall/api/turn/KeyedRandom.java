package io.guildhall.api.turn;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.random.RandomGenerator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The same values for the same seed, and to who has not the seed as good as random: HMAC-SHA-256 over a counter. */
final class KeyedRandom implements RandomGenerator {

    private static final String ALGORITHM = "HmacSHA256";

    private final Mac mac;
    private ByteBuffer block = ByteBuffer.allocate(0);
    private long counter;

    KeyedRandom(byte[] seed) {
        try {
            mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(seed, ALGORITHM));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public long nextLong() {
        if (!block.hasRemaining()) {
            byte[] input = ByteBuffer.allocate(Long.BYTES).putLong(counter++).array();
            block = ByteBuffer.wrap(mac.doFinal(input));
        }
        return block.getLong();
    }
}
