/** Shared by all features: rejections, the actor, encryption of personal data, validation of text. */
@NullMarked
package io.guildhall.domain.shared;

import org.jspecify.annotations.NullMarked;
