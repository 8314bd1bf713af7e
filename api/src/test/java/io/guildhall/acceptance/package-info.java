/** What the service promises, asked over HTTP as its callers would ask. */
@NullMarked
package io.guildhall.acceptance;

import org.jspecify.annotations.NullMarked;
