package io.guildhall.query.session;

/** An event that revokes access is a dead letter, so access to its organization or user cannot be granted. */
public final class AccessUndeterminedException extends RuntimeException {

    AccessUndeterminedException() {
        super("An event that revokes access could not be projected", null, false, false);
    }
}
