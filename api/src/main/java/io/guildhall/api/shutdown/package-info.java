/** What happens between SIGTERM and the graceful shutdown of the web server. */
@NullMarked
package io.guildhall.api.shutdown;

import org.jspecify.annotations.NullMarked;
