/** How connections to the database are made and given up: what does not answer is noticed within seconds, and its return at once. */
@NullMarked
package io.guildhall.api.datasource;

import org.jspecify.annotations.NullMarked;
