/** What all routes share: errors, pages, positions, idempotency, JSON. Knows no feature. */
@NullMarked
package io.guildhall.api.web;

import org.jspecify.annotations.NullMarked;
