/** Makes histories of any length: events of many people and organizations, as their commands would have left them. */
@NullMarked
package io.guildhall.benchmarks.history;

import org.jspecify.annotations.NullMarked;
