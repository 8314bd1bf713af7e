package io.guildhall.api.security;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The permission that a route needs. {@link AuthorizationInterceptor} checks it before parameters and body are bound. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface RequiresPermission {

    Permission value();

    /** Which organization a permission of organizations is about. */
    Organization organization() default Organization.CURRENT;

    /** Whether the route works while the organization is deactivated (R21). While it is locked, only reading such a route works. */
    boolean whileDeactivated() default false;

    /** The kind of resource that the path's {@code id} names, where parameters or a body come with it. At most one. */
    Class<? extends PathResource>[] resource() default {};

    enum Organization {
        /** The caller's current one. */
        CURRENT,
        /**
         * The one that the path's {@code organization_id}, or else {@code id}, names: the current one, or any of the user's while the session has none. Every other does not exist (R23:
         * what belongs to others is 404).
         */
        PATH,
        /** The parameters choose it. The interceptor does not check it: the endpoint must ask {@link OrganizationAccess}. */
        PARAMETERS
    }
}
