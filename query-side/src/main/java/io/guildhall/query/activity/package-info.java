/** Audit trails: every event of an organization or a user as one activity. */
@NullMarked
package io.guildhall.query.activity;

import org.jspecify.annotations.NullMarked;
