/** What the command line, the environment and files ask for: which command, with which properties; and how a failed start is reported. */
@NullMarked
package io.guildhall.api.commandline;

import org.jspecify.annotations.NullMarked;
