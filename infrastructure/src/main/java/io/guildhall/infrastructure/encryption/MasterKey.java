package io.guildhall.infrastructure.encryption;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Derives keys for single purposes from a secret. They do not change when the master key is rotated. */
public interface MasterKey {

    /** Derives keys as HMAC-SHA256 of the purpose under the secret. */
    static MasterKey of(byte[] secret) {
        var hash = new KeyedHash(secret);
        return purpose -> hash.of(("guildhall/" + purpose).getBytes(UTF_8));
    }

    /** Returns 32 bytes, always the same for a purpose. Keys of different purposes are independent. */
    byte[] derive(String purpose);
}
