/** Puts Axon, the domain and the stores together, and is the one way in which commands are sent. */
@NullMarked
package io.guildhall.api.config;

import org.jspecify.annotations.NullMarked;
