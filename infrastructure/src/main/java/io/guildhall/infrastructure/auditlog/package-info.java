/** Proves trails: each organization's is a Merkle log (RFC 6962) over the canonical form (RFC 8785) of its events. */
@NullMarked
package io.guildhall.infrastructure.auditlog;

import org.jspecify.annotations.NullMarked;
