package io.guildhall.query.session;

import io.guildhall.infrastructure.datasource.StoreUnavailableException;

/** An event that revokes access is a dead letter, so access to its organization or user cannot be granted. */
public final class AccessUndeterminedException extends StoreUnavailableException {

    AccessUndeterminedException() {
        super("An event that revokes access could not be projected");
    }
}
