package io.guildhall.api.web;

/** Who may call a route at all. */
public enum Who {
    /** Anybody. A token that comes along is used when it works, and ignored when it does not. */
    PUBLIC,
    /** A person, by a session or an API token of type USER; in whatever state the current organization is. */
    USER,
    /** A person, by any session; an API token has none. */
    SESSION,
    /** A person, by a session that came out of a sign-in: for acts on the user (R17a). */
    INTERACTIVE,
    /** Whoever has a token that works. The route itself looks at the organization, by {@link Admission#toCurrent}. */
    CALLER,
    /** A member of the current organization, or a token of it. */
    MEMBER,
    /**
     * The same for the organization that the path's variable {@code id} or {@code organization_id} names, which is the current
     * one, or any of the person's while the session has none. Every other organization does not exist (R23).
     */
    ORGANIZATION,
    /** Who runs Guildhall, by the operators' key. */
    OPERATOR
}
