/** Rate limits that hold over all nodes, on Bucket4j: requests of a caller, sign-ins, mails. */
@NullMarked
package io.guildhall.api.ratelimit;

import org.jspecify.annotations.NullMarked;
