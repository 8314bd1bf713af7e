/** Background work: recurring jobs on one node at a time, and pollers on each node. */
@NullMarked
package io.guildhall.infrastructure.jobs;

import org.jspecify.annotations.NullMarked;
