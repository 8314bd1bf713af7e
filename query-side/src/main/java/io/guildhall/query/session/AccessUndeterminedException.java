package io.guildhall.query.session;

/** Somebody's access has ended, and whose it was is not shown yet: nobody can be let in for now. */
public final class AccessUndeterminedException extends RuntimeException {

    AccessUndeterminedException() {
        super("A projection cannot take that access has ended", null, false, false);
    }
}
