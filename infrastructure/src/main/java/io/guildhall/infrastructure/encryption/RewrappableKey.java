package io.guildhall.infrastructure.encryption;

/** Keys that are stored wrapped, each with the generation that it is wrapped under. */
public interface RewrappableKey {

    /**
     * Wraps anew what is wrapped under an older generation than this one. Can be interrupted at any time, and done by several processes
     * at once.
     *
     * @return how many were
     */
    long rewrap(int generation);

    /** How many are wrapped under an older generation. */
    long behind(int generation);
}
