package io.guildhall.api.web;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Who may call a route, and what their role must allow. A route without it keeps the service from starting. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Permitted {

    Who value();

    /** Routes for members name at least one. */
    Permission[] needs() default {};

    /** Whether it needs a person: an organization's API token is none. */
    boolean person() default false;

    /** Whether a token with scopes may call the route whatever its scopes are. What the route gives has no more than those. */
    boolean anyScope() default false;

    /** Whether it works while the organization is deactivated (R21); while it is locked, reading such a route does. */
    boolean whileDeactivated() default false;
}
