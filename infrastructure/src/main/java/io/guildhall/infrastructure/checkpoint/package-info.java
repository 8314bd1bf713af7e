/** Signed checkpoints of the trails' Merkle logs, and the key that signs them. */
@NullMarked
package io.guildhall.infrastructure.checkpoint;

import org.jspecify.annotations.NullMarked;
