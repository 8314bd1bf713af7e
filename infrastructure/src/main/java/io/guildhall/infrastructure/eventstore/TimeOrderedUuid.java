package io.guildhall.infrastructure.eventstore;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.UUID;

/**
 * Generates UUIDs that begin with 48 bits of time in milliseconds since 1970, so that rows inserted together share
 * index pages. The other bits are random. Not for links and secrets, which must not be guessable.
 */
public final class TimeOrderedUuid {

    /** The random bytes of a UUID, of which version and variant replace six bits. */
    public static final int RANDOM_BYTES = 10;

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int VERSION_4 = 0x4000;
    private static final int VERSION_7 = 0x7000;
    private static final int BITS_BELOW_VERSION = 0x0FFF;
    private static final long VARIANT = 0x8000_0000_0000_0000L;
    private static final long BITS_BELOW_VARIANT = 0x3FFF_FFFF_FFFF_FFFFL;

    private TimeOrderedUuid() {}

    /** Returns a UUID of version 7 (RFC 9562). */
    public static UUID version7(Instant time) {
        return uuid(VERSION_7, time, random());
    }

    /**
     * Returns a UUID of the same layout with version 4, for ids of the published contract, whose clients accept only
     * version 4.
     */
    public static UUID version4(Instant time) {
        return version4(time, random());
    }

    /** @param random {@link #RANDOM_BYTES} bytes */
    public static UUID version4(Instant time, byte[] random) {
        return uuid(VERSION_4, time, random);
    }

    private static UUID uuid(int version, Instant time, byte[] random) {
        ByteBuffer bits = ByteBuffer.wrap(random);
        long high = time.toEpochMilli() << 16 | version | bits.getShort() & BITS_BELOW_VERSION;
        return new UUID(high, bits.getLong() & BITS_BELOW_VARIANT | VARIANT);
    }

    private static byte[] random() {
        byte[] random = new byte[RANDOM_BYTES];
        RANDOM.nextBytes(random);
        return random;
    }
}
