package io.guildhall.infrastructure.encryption;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Encodes the ids in mailed links: the link's id with a keyed hash over id and purpose. Reading the events or the
 * database is not enough to create one, and a forged one is rejected without I/O. The encoded id is not stored.
 *
 * <p>A link mailed to several recipients has a different id for each, which contains the recipient's id.
 */
@Component
public class SignedLinkCodec {

    public static final String VALIDATE = "VALIDATE";
    /** Mailed to the new address. */
    public static final String EMAIL_CHANGE_NEW = "EMAIL_CHANGE_NEW";

    /** Mailed to the old address. */
    public static final String EMAIL_CHANGE_OLD = "EMAIL_CHANGE_OLD";

    public static final String RESET = "RESET";
    public static final String INVITATION = "INVITATION";
    public static final String DEACTIVATE = "DEACTIVATE";

    private static final int UUID_BYTES = 16;
    private static final int HASH_BYTES = 16;

    /** 32 bytes in base64url without padding. */
    private static final int LENGTH = 43;

    /** 48 bytes in base64url. */
    private static final int LENGTH_WITH_RECIPIENT = 64;

    private final KeyedHash hash;

    public SignedLinkCodec(MasterKey master) {
        this.hash = new KeyedHash(master.derive("links"));
    }

    /** A decoded link with its recipient. */
    public record Received(UUID link, UUID recipient) {}

    /** Encodes a link: 43 characters of base64url. */
    public String urlId(String purpose, UUID link) {
        return encode(purpose, link);
    }

    /** Encodes a link for one recipient: 64 characters of base64url. */
    public String urlId(String purpose, UUID link, UUID recipient) {
        return encode(purpose, link, recipient);
    }

    /** Decodes the result of {@link #urlId(String, UUID)}; null if it is not valid for this purpose. */
    public @Nullable UUID open(String purpose, String urlId) {
        ByteBuffer ids = urlId.length() == LENGTH ? decode(purpose, urlId, 1) : null;
        return ids == null ? null : next(ids);
    }

    /** Decodes the result of {@link #urlId(String, UUID, UUID)}; null if it is not valid for this purpose. */
    public @Nullable Received openReceived(String purpose, String urlId) {
        ByteBuffer ids = urlId.length() == LENGTH_WITH_RECIPIENT ? decode(purpose, urlId, 2) : null;
        return ids == null ? null : new Received(next(ids), next(ids));
    }

    private String encode(String purpose, UUID... ids) {
        ByteBuffer bytes = ByteBuffer.allocate(ids.length * UUID_BYTES + HASH_BYTES);
        for (UUID id : ids) {
            bytes.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
        }
        byte[] hashed = Arrays.copyOf(bytes.array(), bytes.position());
        bytes.put(hash.of(purpose.getBytes(US_ASCII), new byte[1], hashed), 0, HASH_BYTES);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    private @Nullable ByteBuffer decode(String purpose, String urlId, int count) {
        ByteBuffer bytes;
        try {
            bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(urlId));
        } catch (IllegalArgumentException e) {
            return null;
        }
        UUID[] ids = new UUID[count];
        for (int i = 0; i < count; i++) {
            ids[i] = next(bytes);
        }
        // Base64 allows several spellings of the last bits; comparing the encoded text accepts only one.
        return MessageDigest.isEqual(encode(purpose, ids).getBytes(US_ASCII), urlId.getBytes(US_ASCII))
                ? bytes.rewind()
                : null;
    }

    private static UUID next(ByteBuffer bytes) {
        return new UUID(bytes.getLong(), bytes.getLong());
    }

    /** Whether the text has the length of an encoded link, unlike a UUID. */
    public static boolean looksLikeOne(String urlId) {
        return urlId.length() == LENGTH;
    }
}
