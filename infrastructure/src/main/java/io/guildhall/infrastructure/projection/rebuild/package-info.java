/** Makes projections anew from all events while the service goes on: built beside the old, compared with it, taken over in one transaction. */
@NullMarked
package io.guildhall.infrastructure.projection.rebuild;

import org.jspecify.annotations.NullMarked;
