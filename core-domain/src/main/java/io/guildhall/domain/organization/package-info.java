/** The aggregate {@code Organization} and the command handlers of all its features. */
@NullMarked
package io.guildhall.domain.organization;

import org.jspecify.annotations.NullMarked;
