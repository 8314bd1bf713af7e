/** Read model of users: profiles, settings and passwords. */
@NullMarked
package io.guildhall.query.user;

import org.jspecify.annotations.NullMarked;
