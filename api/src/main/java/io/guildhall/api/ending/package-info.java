/** How a process ends so that no caller notices, where another one serves beside it. */
@NullMarked
package io.guildhall.api.ending;

import org.jspecify.annotations.NullMarked;
