package io.guildhall.query.organization;

import java.util.UUID;

/**
 * An organization that is being deactivated or deleted.
 *
 * @param status DEACTIVATING or DELETING
 */
public record PendingLifecycleStep(UUID organization, String status) {}
