/** The trail: every event of an organization or an account as one activity. */
@NullMarked
package io.guildhall.query.activity;

import org.jspecify.annotations.NullMarked;
