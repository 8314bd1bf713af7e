/** The description of the API: its texts, schemas and pages. */
@NullMarked
package io.guildhall.api.openapi;

import org.jspecify.annotations.NullMarked;
