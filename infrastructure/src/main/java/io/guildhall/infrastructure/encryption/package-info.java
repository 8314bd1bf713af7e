/** Keys derived from the master key: encryption of personal data, tokens and signed links; rotation of the master key. */
@NullMarked
package io.guildhall.infrastructure.encryption;

import org.jspecify.annotations.NullMarked;
