/**
 * Security: authentication by a filter in Spring Security's chain, authorization by an interceptor, and the table of permissions. Knows no
 * feature.
 */
@NullMarked
package io.guildhall.api.security;

import org.jspecify.annotations.NullMarked;
