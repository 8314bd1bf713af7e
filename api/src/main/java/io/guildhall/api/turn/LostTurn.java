package io.guildhall.api.turn;

/** A request took so long that another process was let carry it out; this one must do nothing any more. */
public final class LostTurn extends RuntimeException {

    public LostTurn() {
        super("Another process carries the request out by now", null, false, false);
    }
}
