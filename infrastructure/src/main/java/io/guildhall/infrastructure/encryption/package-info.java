/** What only this service can make: keys of the master key, values of tokens, addresses of mailed links. */
@NullMarked
package io.guildhall.infrastructure.encryption;

import org.jspecify.annotations.NullMarked;
