/** Users decide here: signing up, proving an address, passwords, how many organizations one may belong to. */
@NullMarked
package io.guildhall.domain.user;

import org.jspecify.annotations.NullMarked;
