package io.guildhall.api.turn;

/** All ledgers, which are common to all processes. */
public interface Ledgers {

    /** @throws IllegalArgumentException when it is the name of none */
    Ledger named(String name);
}
