package io.guildhall.api.web;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The body of a change, to which the contract's query parameter {@code update_mask} applies. A field that is null stays as it is. With a
 * mask, fields that it does not name are null; those that it names and the body lacks are empty: a text, a list, or false.
 */
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
public @interface UpdateMask {

    /** Other fields that clients put into masks, as they send a whole resource back. The mask leaves those of the body as they are. */
    String[] ignored();
}
