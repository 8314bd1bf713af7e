/** The command line of Guildhall: the service, and the commands for those who run it. */
@NullMarked
package io.guildhall.cli;

import org.jspecify.annotations.NullMarked;
