package io.guildhall.infrastructure.checkpoint;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is said of a log at one moment, in the form of C2SP's tlog-checkpoint: three lines, which are signed.
 *
 * @param origin which log it is
 * @param size how many leaves it has
 * @param root of RFC 6962
 */
public record Checkpoint(String origin, long size, byte[] root) {

    private static final String SIGNATURE = "— ";
    private static final int ID = 4;
    private static final Pattern SIZE = Pattern.compile("0|[1-9][0-9]{0,17}");

    /** What is signed. */
    String text() {
        return "%s\n%d\n%s\n".formatted(origin, size, Base64.getEncoder().encodeToString(root));
    }

    /** With the signature: a signed note. */
    String note(VerifierKey key, byte[] signature) {
        byte[] signed = ByteBuffer.allocate(ID + signature.length)
                .put(key.id())
                .put(signature)
                .array();
        return text() + "\n" + SIGNATURE + key.name() + " "
                + Base64.getEncoder().encodeToString(signed) + "\n";
    }

    /** Reads a note; null when it is none, or not signed with this key. Signatures with other keys do not matter. */
    public static @Nullable Checkpoint open(String note, VerifierKey key) {
        int end = note.lastIndexOf("\n\n");
        if (end < 0 || !note.endsWith("\n")) {
            return null;
        }
        String text = note.substring(0, end + 1);
        return isSigned(text, note.substring(end + 2), key) ? parse(text) : null;
    }

    private static boolean isSigned(String text, String signatures, VerifierKey key) {
        String ours = SIGNATURE + key.name() + " ";
        for (String line : signatures.split("\n")) {
            if (line.startsWith(ours)) {
                byte[] signed = decoded(line.substring(ours.length()));
                if (signed == null) {
                    return false;
                }
                if (signed.length > ID && Arrays.equals(Arrays.copyOf(signed, ID), key.id())) {
                    return key.verifies(text, Arrays.copyOfRange(signed, ID, signed.length));
                }
            }
        }
        return false;
    }

    private static @Nullable Checkpoint parse(String text) {
        List<String> lines = text.lines().toList();
        if (lines.size() < 3 || !SIZE.matcher(lines.get(1)).matches()) {
            return null;
        }
        byte[] root = decoded(lines.get(2));
        return root == null ? null : new Checkpoint(lines.getFirst(), Long.parseLong(lines.get(1)), root);
    }

    /** Null for what is no base64, or not in its one usual spelling. */
    private static byte @Nullable [] decoded(String base64) {
        try {
            byte[] bytes = Base64.getDecoder().decode(base64);
            return Base64.getEncoder().encodeToString(bytes).equals(base64) ? bytes : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
