/** Transparency log: each organization's trail is a Merkle log (RFC 6962) over the canonical JSON (RFC 8785) of its events. */
@NullMarked
package io.guildhall.infrastructure.auditlog;

import org.jspecify.annotations.NullMarked;
