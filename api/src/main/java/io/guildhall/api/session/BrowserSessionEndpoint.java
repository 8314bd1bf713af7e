package io.guildhall.api.session;

import io.guildhall.api.security.BrowserSessions;
import io.guildhall.api.security.Caller;
import io.guildhall.api.security.Permission;
import io.guildhall.api.security.RequiresPermission;
import io.guildhall.api.web.CommandExecutor;
import io.guildhall.api.web.EmptyResponse;
import io.guildhall.domain.session.SessionCommand.EndSession;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletResponse;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The browser's session, as the console sees it. No part of the public API. */
@Hidden
@RestController
class BrowserSessionEndpoint {

    private final BrowserSessions browserSessions;
    private final CommandExecutor commandExecutor;

    BrowserSessionEndpoint(BrowserSessions browserSessions, CommandExecutor commandExecutor) {
        this.browserSessions = browserSessions;
        this.commandExecutor = commandExecutor;
    }

    /** @param userId null when nobody is signed in */
    record State(@Nullable UUID userId) {}

    @GetMapping("/console/session")
    @RequiresPermission(Permission.PUBLIC)
    State show(@Nullable Caller caller) {
        return new State(caller == null ? null : caller.userIfAny());
    }

    /** Signs out: ends the session if it still works, and deletes the cookie in any case. */
    @DeleteMapping("/console/session")
    @RequiresPermission(Permission.PUBLIC)
    EmptyResponse end(@Nullable Caller caller, HttpServletResponse response) {
        if (caller != null && caller.hasSession()) {
            commandExecutor.perform(new EndSession(caller.user(), caller.id()), caller);
        }
        browserSessions.end(response);
        return EmptyResponse.INSTANCE;
    }
}
