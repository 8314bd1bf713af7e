/** Tests the packaged service from outside. Run with {@code ./mvnw verify -Pe2e}. */
@NullMarked
package io.guildhall.e2e;

import org.jspecify.annotations.NullMarked;
