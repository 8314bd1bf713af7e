package io.guildhall.infrastructure.ratelimit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.guildhall.infrastructure.encryption.KeyedHash;
import io.guildhall.infrastructure.encryption.MasterKey;
import java.util.HexFormat;
import org.springframework.stereotype.Component;

/** Hashes subjects of limits with a key, so that the database holds no network or e-mail address. */
@Component
public class KeyedPseudonymizer {

    private static final int BYTES = 16;

    private final KeyedHash hash;

    public KeyedPseudonymizer(MasterKey master) {
        this.hash = new KeyedHash(master.derive("throttle"));
    }

    String pseudonym(String subject) {
        return HexFormat.of().formatHex(hash.of(subject.getBytes(UTF_8)), 0, BYTES);
    }
}
