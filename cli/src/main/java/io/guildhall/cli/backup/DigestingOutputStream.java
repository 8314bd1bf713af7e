package io.guildhall.cli.backup;

import io.guildhall.infrastructure.encryption.Sha256;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;

/** Counts the lines and computes the digest of what is written. Closing it does not close the target. */
final class DigestingOutputStream extends FilterOutputStream {

    private final MessageDigest digest;
    private long lines;

    DigestingOutputStream(OutputStream target) {
        this(target, Sha256.digest());
    }

    private DigestingOutputStream(OutputStream target, MessageDigest digest) {
        super(new DigestOutputStream(target, digest));
        this.digest = digest;
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        for (int i = from; i < from + length; i++) {
            if (bytes[i] == '\n') {
                lines++;
            }
        }
        out.write(bytes, from, length);
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void close() throws IOException {
        flush();
    }

    /** Call once, at the end. */
    Manifest.Part part(String entry) {
        return new Manifest.Part(entry, lines, HexFormat.of().formatHex(digest.digest()));
    }
}
