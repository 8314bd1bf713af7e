/** What is checked before the service starts, and how a failed start is reported. */
@NullMarked
package io.guildhall.cli.startup;

import org.jspecify.annotations.NullMarked;
