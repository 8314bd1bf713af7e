/** When background work runs: recurring jobs on one node of the cluster at a time, and pollers on each node. */
@NullMarked
package io.guildhall.infrastructure.jobs;

import org.jspecify.annotations.NullMarked;
