package io.guildhall.infrastructure.encryption;

/** What other keys are wrapped under: each rotation of the master key begins a new generation, and wraps anew what older ones had. */
public interface KeyEncryptionKeys {

    /** The newest that this process knows of; what is wrapped now is wrapped under it. */
    int generation();

    /**
     * 32 bytes.
     *
     * @throws IllegalStateException for a generation that was begun under a master key that this process has not been given
     */
    byte[] wrapping(int generation, String purpose);
}
