package io.guildhall.api.security;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** The kinds of callers that permissions tell apart. */
public enum CallerType {
    /** Has no bearer token. */
    ANONYMOUS("Anonymous"),
    /** A session from a sign-in, which is bound to no organization. */
    INTERACTIVE_SESSION("Interactive session"),
    /** An access token, or a session that was made with an API token or an access token; bound to one organization. */
    BOUND_SESSION("Access token or session of an API token"),
    /** An API token of type USER. */
    USER_TOKEN("USER API token"),
    /** An API token of type ORGANIZATION, which belongs to no user. */
    ORGANIZATION_TOKEN("ORGANIZATION API token"),
    /** A USER API token with scopes, or a session that was made with one. */
    SCOPED_USER_TOKEN("USER API token with scopes"),
    /** An ORGANIZATION API token with scopes. */
    SCOPED_ORGANIZATION_TOKEN("ORGANIZATION API token with scopes"),
    OPERATOR("Operator key");

    static final Set<CallerType> SESSIONS = set(INTERACTIVE_SESSION, BOUND_SESSION);
    static final Set<CallerType> USERS = set(INTERACTIVE_SESSION, BOUND_SESSION, USER_TOKEN);
    static final Set<CallerType> MEMBERS = set(INTERACTIVE_SESSION, BOUND_SESSION, USER_TOKEN, ORGANIZATION_TOKEN);
    static final Set<CallerType> SCOPED = set(SCOPED_USER_TOKEN, SCOPED_ORGANIZATION_TOKEN);

    private final String title;

    CallerType(String title) {
        this.title = title;
    }

    private static Set<CallerType> set(CallerType first, CallerType... others) {
        return Collections.unmodifiableSet(EnumSet.of(first, others));
    }

    public String title() {
        return title;
    }
}
