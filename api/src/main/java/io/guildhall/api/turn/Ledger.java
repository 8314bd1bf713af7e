package io.guildhall.api.turn;

/** Where the commands of one run of a request are noted as done. */
public interface Ledger {

    /** Who knows it {@link Ledgers#named finds} the ledger again, in whichever process. */
    String name();

    /**
     * Notes a command as done.
     *
     * @param position that it reached; 0 where it changed nothing
     * @throws LostTurn when somebody else carries the request out by now
     */
    void note(long position);
}
