package io.guildhall.api.web;

/** The kinds of callers that routes tell apart. */
public enum CallerType {
    /** No bearer token. */
    ANONYMOUS("Anonymous"),
    /** A session that came out of a sign-in; bound to no organization. */
    INTERACTIVE_SESSION("Interactive session"),
    /** An access token, or a session that was made with an API token or an access token; bound to one organization. */
    BOUND_SESSION("Access token or session of an API token"),
    /** An API token of type USER. */
    USER_TOKEN("USER API token"),
    /** An API token of type ORGANIZATION, which is no person. */
    ORGANIZATION_TOKEN("ORGANIZATION API token"),
    /** A USER API token with scopes, or a session that was made with one. */
    SCOPED_USER_TOKEN("USER API token with scopes"),
    /** An ORGANIZATION API token with scopes. */
    SCOPED_ORGANIZATION_TOKEN("ORGANIZATION API token with scopes"),
    /** The operators' key. */
    OPERATOR("Operator key");

    private final String title;

    CallerType(String title) {
        this.title = title;
    }

    public String title() {
        return title;
    }

    boolean isPerson() {
        return this == INTERACTIVE_SESSION || this == BOUND_SESSION || this == USER_TOKEN || this == SCOPED_USER_TOKEN;
    }

    boolean isScoped() {
        return this == SCOPED_USER_TOKEN || this == SCOPED_ORGANIZATION_TOKEN;
    }

    boolean hasToken() {
        return this != ANONYMOUS && this != OPERATOR;
    }
}
