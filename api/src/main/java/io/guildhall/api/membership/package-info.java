/** Who belongs to an organization, over HTTP. */
@NullMarked
package io.guildhall.api.membership;

import org.jspecify.annotations.NullMarked;
