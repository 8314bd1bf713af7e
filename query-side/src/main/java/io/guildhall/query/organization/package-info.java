/** Read model of organizations, their billing information and summaries. */
@NullMarked
package io.guildhall.query.organization;

import org.jspecify.annotations.NullMarked;
