package io.guildhall.api.session;

import static io.guildhall.api.security.RequiresPermission.Organization.PATH;

import io.guildhall.api.error.RequestRejectionException;
import io.guildhall.api.security.Caller;
import io.guildhall.api.security.Permission;
import io.guildhall.api.security.RequiresPermission;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Short-lived tokens for one organization, to hand to a tool: bound sessions that last an hour unless asked otherwise. */
@RestController
class AccessTokenEndpoint {

    private static final Duration DEFAULT = Duration.ofHours(1);
    private static final Duration LONGEST = Duration.ofHours(24);

    /** A protobuf duration. */
    private static final Pattern SECONDS = Pattern.compile("([0-9]{1,9})(\\.[0-9]{1,9})?s");

    private final SessionService sessionService;

    AccessTokenEndpoint(SessionService sessionService) {
        this.sessionService = sessionService;
    }

    record Wish(@Nullable String validity) {}

    record AccessToken(String token) {}

    @PostMapping("/v1/organizations/{id}/access_token")
    @RequiresPermission(value = Permission.TOKENS_ISSUE, organization = PATH)
    AccessToken make(
            @PathVariable UUID id,
            @RequestBody(required = false) @Nullable Wish wish,
            Caller caller,
            HttpServletRequest request) {
        Duration validity = wish == null || wish.validity() == null ? DEFAULT : parse(wish.validity());
        return new AccessToken(sessionService
                .startFor(caller, id, "ACCESS_TOKEN", validity, request)
                .token()
                .id());
    }

    private static Duration parse(String text) {
        Matcher parts = SECONDS.matcher(text);
        if (parts.matches()) {
            Duration validity = Duration.ofSeconds(Long.parseLong(parts.group(1)));
            if (validity.isPositive() && validity.compareTo(LONGEST) <= 0) {
                return validity;
            }
        }
        throw RequestRejectionException.invalidArgument(
                "validity", "validity must be a number of seconds from 1s to 86400s, such as 3600s.");
    }
}
