/** What decision tests share: facts of the past, a place to decide in, and the shape of the module. */
@NullMarked
package io.guildhall.domain;

import org.jspecify.annotations.NullMarked;
