package io.guildhall.api.session;

import io.guildhall.api.web.Acts;
import io.guildhall.api.web.Caller;
import io.guildhall.api.web.Nothing;
import io.guildhall.api.web.Permitted;
import io.guildhall.api.web.Who;
import io.guildhall.domain.session.EndSession;
import jakarta.servlet.http.HttpServletRequest;
import java.util.UUID;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RestController;

/** R3, R7. */
@RestController
class SessionEndpoint {

    private final Sessions sessions;
    private final Acts acts;

    SessionEndpoint(Sessions sessions, Acts acts) {
        this.sessions = sessions;
        this.acts = acts;
    }

    @PostMapping("/v1/account/session")
    @Permitted(Who.ACCOUNT)
    SignedIn start(Caller caller, HttpServletRequest request) {
        return sessions.startFor(caller, null, "SESSION", request);
    }

    @PostMapping("/v1/unscope_organization_token")
    @Permitted(Who.ACCOUNT)
    SignedIn unscope(Caller caller, HttpServletRequest request) {
        return sessions.startFor(caller, null, "UNSCOPE", request);
    }

    /** Any organization that the person belongs to; every other does not exist. */
    @PostMapping("/v1/organizations/{id}/switch")
    @Permitted(Who.ACCOUNT)
    SignedIn switchTo(@PathVariable UUID id, Caller caller, HttpServletRequest request) {
        return sessions.startFor(caller, id, "SWITCH", request);
    }

    @PutMapping("/v1/account/refresh")
    @Permitted(Who.ACCOUNT)
    SignedIn refresh(Caller caller, HttpServletRequest request) {
        caller.requireSession();
        return sessions.refresh(caller, request);
    }

    @DeleteMapping("/v1/account/logout")
    @Permitted(Who.ACCOUNT)
    Nothing logout(Caller caller) {
        caller.requireSession();
        acts.perform(new EndSession(caller.account(), caller.id()), caller);
        return Nothing.AT_ALL;
    }
}
