/** Puts Axon, the domain, the event stores and the properties together into one application. */
@NullMarked
package io.guildhall.api.config;

import org.jspecify.annotations.NullMarked;
