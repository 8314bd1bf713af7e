/** The id of a request, in its response, the log and the events that it leads to. */
@NullMarked
package io.guildhall.api.request;

import org.jspecify.annotations.NullMarked;
