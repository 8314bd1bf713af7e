package io.guildhall.infrastructure.encryption;

/** Stored keys that are wrapped by a generation of key encryption keys. */
public interface RewrappableKey {

    /**
     * Wraps keys of older generations with this one. Can be interrupted at any time and run on several nodes at once.
     *
     * @return number of keys
     */
    long rewrap(int generation);

    /** Counts the keys of older generations. */
    long behind(int generation);
}
