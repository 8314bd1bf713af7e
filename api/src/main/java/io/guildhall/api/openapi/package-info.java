/** What all routes share: who calls and may, errors, pages, positions, idempotency, JSON. Knows no feature. */
@NullMarked
package io.guildhall.api.openapi;

import org.jspecify.annotations.NullMarked;
