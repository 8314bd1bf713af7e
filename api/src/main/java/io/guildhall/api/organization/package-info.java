/** Organizations over HTTP, and the long acts that end them. */
@NullMarked
package io.guildhall.api.organization;

import org.jspecify.annotations.NullMarked;
