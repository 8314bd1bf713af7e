/** Proofs of trails over HTTP and from a shell: signed checkpoints, their key, and whether an export is what was signed. */
@NullMarked
package io.guildhall.api.proof;

import org.jspecify.annotations.NullMarked;
