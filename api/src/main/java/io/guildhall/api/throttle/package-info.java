/** Says no to who comes too often, for all processes together. */
@NullMarked
package io.guildhall.api.throttle;

import org.jspecify.annotations.NullMarked;
