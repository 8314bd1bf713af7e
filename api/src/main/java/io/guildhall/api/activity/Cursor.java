package io.guildhall.api.activity;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.guildhall.api.error.RequestRejectionException;
import io.guildhall.infrastructure.encryption.Sha256;
import io.guildhall.query.activity.ActivityFilter;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.UUID;

/**
 * Where a page of a trail ended. It holds a place in the trail and not a count, so new activities change nothing about what
 * comes after it; and it is good for the search alone that it came from.
 */
record Cursor(UUID trail, ActivityFilter filter, boolean oldestFirst) {

    private static final byte VERSION = 1;
    private static final int HASH = 8;
    private static final int LENGTH = 1 + HASH + Long.BYTES;

    String after(long sequence) {
        byte[] bytes = ByteBuffer.allocate(LENGTH)
                .put(VERSION)
                .put(hash())
                .putLong(sequence)
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** The place that a cursor of this search holds; refused for any other. */
    long read(String text) {
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw RequestRejectionException.invalidArgument("cursor", "cursor must be a next_cursor, as it was given.");
        }
        if (bytes.length != LENGTH || bytes[0] != VERSION) {
            throw RequestRejectionException.invalidArgument("cursor", "cursor must be a next_cursor, as it was given.");
        }
        var buffer = ByteBuffer.wrap(bytes, 1, LENGTH - 1);
        byte[] hash = new byte[HASH];
        buffer.get(hash);
        if (!Arrays.equals(hash, hash())) {
            throw RequestRejectionException.invalidArgument(
                    "cursor", "cursor came from another search: its filters and order must stay the same.");
        }
        return buffer.getLong();
    }

    private byte[] hash() {
        return Arrays.copyOf(Sha256.of(toString().getBytes(UTF_8)), HASH);
    }
}
