package io.guildhall.domain.shared;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The logical name and version under which an event is stored, proven, exported and sent (R19a: stored event types have logical
 * names and versions, never class names). Neither ever changes for an event that is stored; the class can be renamed and moved.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface EventType {

    /**
     * The name, such as {@code member.invited}: the object and what happened to it, in lower case, with underscores
     * within words.
     */
    String value();

    /** The version of the payload. Raise it if older payloads need an upcaster. */
    int version() default 1;
}
