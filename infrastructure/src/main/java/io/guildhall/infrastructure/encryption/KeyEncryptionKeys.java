package io.guildhall.infrastructure.encryption;

/**
 * Keys that wrap other keys. Each rotation of the master key starts a new generation; keys of older generations are
 * then wrapped again.
 */
public interface KeyEncryptionKeys {

    /** The newest generation known to this node, which wraps new keys. */
    int generation();

    /**
     * Returns the wrapping key of a purpose, 32 bytes.
     *
     * @throws IllegalStateException if the generation belongs to a master key that this node does not have
     */
    byte[] wrapping(int generation, String purpose);
}
