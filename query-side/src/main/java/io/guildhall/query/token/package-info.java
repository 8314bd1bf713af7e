/** Read model of API tokens and their last use. */
@NullMarked
package io.guildhall.query.token;

import org.jspecify.annotations.NullMarked;
