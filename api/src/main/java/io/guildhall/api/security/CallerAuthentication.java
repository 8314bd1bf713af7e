package io.guildhall.api.security;

import org.springframework.security.authentication.AbstractAuthenticationToken;

/** The authentication of a request by a valid token. Its authorities are the {@link Permission}s of the caller. */
final class CallerAuthentication extends AbstractAuthenticationToken {

    private final transient Caller caller;

    CallerAuthentication(Caller caller) {
        super(Permission.grantedTo(caller.type(), caller.scopes()));
        this.caller = caller;
        setAuthenticated(true);
    }

    @Override
    public Caller getPrincipal() {
        return caller;
    }

    /** The token itself is not kept. */
    @Override
    public String getCredentials() {
        return "";
    }
}
