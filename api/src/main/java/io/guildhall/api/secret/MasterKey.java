package io.guildhall.api.secret;

/** Keys for single purposes, out of the one secret that an operator keeps. */
public interface MasterKey {

    /** 32 bytes: always the same for a purpose, and telling nothing of those for others. */
    byte[] derive(String purpose);
}
