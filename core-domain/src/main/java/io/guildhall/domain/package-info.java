/** The rules of the domain. Each feature has a package; {@link io.guildhall.domain.EventTypes} lists the events of all of them. */
@NullMarked
package io.guildhall.domain;

import org.jspecify.annotations.NullMarked;
