package io.guildhall.api.security;

import static io.guildhall.api.security.CallerType.INTERACTIVE_SESSION;
import static io.guildhall.api.security.CallerType.MEMBERS;
import static io.guildhall.api.security.CallerType.SCOPED;
import static io.guildhall.api.security.CallerType.SCOPED_USER_TOKEN;
import static io.guildhall.api.security.CallerType.SESSIONS;
import static io.guildhall.api.security.CallerType.USERS;

import io.guildhall.api.error.RequestRejectionException;
import io.guildhall.domain.session.SessionRejections;
import io.guildhall.domain.shared.DomainRejectionException;
import io.guildhall.domain.token.TokenRejections;
import io.guildhall.domain.token.Tokens;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.GrantedAuthority;

/**
 * The one table of permissions: which callers have each, and by which scope of an API token. Routes name the permission that they
 * need by {@link RequiresPermission}. The only role, OWNER, has all permissions of an organization (R15: any member may remove any member).
 */
public enum Permission implements GrantedAuthority {
    /** Everybody has it. A token that does not work is ignored. */
    PUBLIC(Subject.SERVICE, EnumSet.allOf(CallerType.class)),
    OPERATE(Subject.SERVICE, Set.of(CallerType.OPERATOR)),

    USER_READ(Subject.USER, USERS),
    /** Acts on the own user: profile, password, sessions, creating, joining and leaving (R17a). */
    USER_MANAGE(Subject.USER, Set.of(INTERACTIVE_SESSION)),
    SESSION_END(Subject.USER, SESSIONS),
    /** The new session has no more than the scopes of the token that it is made with. */
    ORGANIZATION_SWITCH(Subject.USER, union(USERS, SCOPED_USER_TOKEN)),

    ORGANIZATION_READ(Subject.ORGANIZATION, MEMBERS),
    ORGANIZATION_WRITE(Subject.ORGANIZATION, MEMBERS),
    ORGANIZATION_END(Subject.ORGANIZATION, MEMBERS),
    BILLING_WRITE(Subject.ORGANIZATION, MEMBERS),
    MEMBERS_READ(Subject.ORGANIZATION, MEMBERS),
    MEMBERS_WRITE(Subject.ORGANIZATION, MEMBERS),
    INVITATIONS_READ(Subject.ORGANIZATION, MEMBERS),
    INVITATIONS_WRITE(Subject.ORGANIZATION, MEMBERS),
    TOKENS_READ(Subject.ORGANIZATION, MEMBERS),
    TOKENS_WRITE(Subject.ORGANIZATION, MEMBERS),
    /** A token belongs to the user who issues it, so an organization's token issues none. */
    TOKENS_ISSUE(Subject.ORGANIZATION, USERS),
    TRAIL_READ(Subject.ORGANIZATION, union(MEMBERS, SCOPED), Tokens.ACTIVITIES_READ),
    WEBHOOKS_READ(Subject.ORGANIZATION, MEMBERS),
    WEBHOOKS_WRITE(Subject.ORGANIZATION, MEMBERS);

    /** What a permission is about. */
    public enum Subject {
        SERVICE,
        USER,
        ORGANIZATION
    }

    private final Subject subject;
    private final Set<CallerType> callers;
    private final @Nullable String scope;

    Permission(Subject subject, Set<CallerType> callers) {
        this(subject, callers, null);
    }

    Permission(Subject subject, Set<CallerType> callers, @Nullable String scope) {
        this.subject = subject;
        this.callers = callers;
        this.scope = scope;
    }

    private static Set<CallerType> union(Set<CallerType> some, CallerType other) {
        return union(some, Set.of(other));
    }

    private static Set<CallerType> union(Set<CallerType> some, Set<CallerType> others) {
        Set<CallerType> all = EnumSet.copyOf(some);
        all.addAll(others);
        return all;
    }

    public Subject subject() {
        return subject;
    }

    /** @param scopes of the caller's token; only those of a scoped token count */
    public boolean isGrantedTo(CallerType caller, Collection<String> scopes) {
        return callers.contains(caller) && (scope == null || !SCOPED.contains(caller) || scopes.contains(scope));
    }

    static Set<Permission> grantedTo(CallerType caller, Collection<String> scopes) {
        Set<Permission> granted = EnumSet.noneOf(Permission.class);
        for (Permission permission : values()) {
            if (permission.isGrantedTo(caller, scopes)) {
                granted.add(permission);
            }
        }
        return granted;
    }

    /** The reason why a caller with a valid token does not have this permission. */
    RuntimeException rejection(CallerType caller) {
        if (SCOPED.contains(caller)) {
            return new DomainRejectionException(TokenRejections.INSUFFICIENT_SCOPE);
        }
        if (!USERS.contains(caller)) {
            return userRequired();
        }
        return this == SESSION_END
                ? RequestRejectionException.forbidden(
                        "session-required", "This needs a session: an API token has none.")
                : new DomainRejectionException(SessionRejections.INTERACTIVE_SESSION_REQUIRED);
    }

    static RequestRejectionException userRequired() {
        return RequestRejectionException.forbidden(
                "user-required", "This needs a person: an organization's API token belongs to none.");
    }

    @Override
    public String getAuthority() {
        return name();
    }
}
