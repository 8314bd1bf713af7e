package io.guildhall.infrastructure.encryption;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Keys for single purposes that never change: nothing of a rotation of the master key is seen here. */
public interface MasterKey {

    /** HMAC of the purpose under the secret, of 32 bytes. */
    static MasterKey of(byte[] secret) {
        var hash = new KeyedHash(secret);
        return purpose -> hash.of(("guildhall/" + purpose).getBytes(UTF_8));
    }

    /** 32 bytes: always the same for a purpose, and telling nothing of those for others. */
    byte[] derive(String purpose);
}
