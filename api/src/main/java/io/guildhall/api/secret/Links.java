package io.guildhall.api.secret;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The ids in the addresses of mailed links. Such an id is the link's own id with a keyed hash over it and its purpose: nobody
 * who can read the events or the database can make one, and a made-up one is refused without I/O. Nothing of it is stored.
 */
@Component
public class Links {

    public static final String VALIDATE = "VALIDATE";
    public static final String RESET = "RESET";
    public static final String INVITATION = "INVITATION";
    public static final String DEACTIVATE = "DEACTIVATE";

    private static final int HALF = 16;

    /** 32 bytes in base64url without padding. */
    private static final int LENGTH = 43;

    private final KeyedHash hash;

    public Links(MasterKey master) {
        this.hash = new KeyedHash(master.derive("links"));
    }

    /** 43 characters of base64url. */
    public String urlId(String purpose, UUID link) {
        byte[] id = ByteBuffer.allocate(HALF)
                .putLong(link.getMostSignificantBits())
                .putLong(link.getLeastSignificantBits())
                .array();
        byte[] both = Arrays.copyOf(id, 2 * HALF);
        System.arraycopy(hash.of(purpose.getBytes(US_ASCII), new byte[1], id), 0, both, HALF, HALF);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(both);
    }

    /** The link whose {@link #urlId} this is, or null when it is none of this purpose. */
    public @Nullable UUID open(String purpose, String urlId) {
        if (!looksLikeOne(urlId)) {
            return null;
        }
        ByteBuffer bytes;
        try {
            bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(urlId));
        } catch (IllegalArgumentException e) {
            return null;
        }
        UUID link = new UUID(bytes.getLong(), bytes.getLong());
        // Made again and compared as text: base64 has several spellings of the last bits, and only one is ours.
        return MessageDigest.isEqual(urlId(purpose, link).getBytes(US_ASCII), urlId.getBytes(US_ASCII)) ? link : null;
    }

    /** Whether it has the form of a link's id, as opposed to that of a UUID. */
    public static boolean looksLikeOne(String urlId) {
        return urlId.length() == LENGTH;
    }
}
