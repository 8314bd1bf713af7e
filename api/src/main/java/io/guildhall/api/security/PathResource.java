package io.guildhall.api.security;

import java.util.UUID;

/** A kind of resource that paths name by id. Routes refer to it by {@link RequiresPermission#resource}. */
public interface PathResource {

    /**
     * Requires that the resource exists for the caller. What belongs to another organization or user does not exist (R23).
     *
     * @throws RuntimeException a rejection with status 404
     */
    void require(UUID id, Caller caller);
}
