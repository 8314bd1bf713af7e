/** What every feature needs to decide: refusals, who acts, and the sealing of personal data. */
@NullMarked
package io.guildhall.domain.shared;

import org.jspecify.annotations.NullMarked;
