/**
 * The published contract's routes about what an organization owns: apps, services, domains, secrets and more. An organization owns nothing
 * of these yet, so that the answers are empty. Clients ask for them when they start.
 */
@NullMarked
package io.guildhall.api.resource;

import org.jspecify.annotations.NullMarked;
