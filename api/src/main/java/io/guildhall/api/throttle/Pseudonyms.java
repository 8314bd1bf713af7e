package io.guildhall.api.throttle;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.guildhall.api.secret.MasterKey;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Whom a limit is about, as a keyed hash: the database learns nobody's address. */
final class Pseudonyms {

    private static final String ALGORITHM = "HmacSHA256";
    private static final int BYTES = 16;

    private final SecretKeySpec key;

    Pseudonyms(MasterKey master) {
        this.key = new SecretKeySpec(master.derive("throttle"), ALGORITHM);
    }

    String of(String whom) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return HexFormat.of().formatHex(mac.doFinal(whom.getBytes(UTF_8)), 0, BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
