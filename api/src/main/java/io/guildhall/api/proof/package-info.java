/** Proofs of trails over HTTP: signed checkpoints and their key. */
@NullMarked
package io.guildhall.api.proof;

import org.jspecify.annotations.NullMarked;
