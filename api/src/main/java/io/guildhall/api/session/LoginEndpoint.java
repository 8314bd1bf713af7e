package io.guildhall.api.session;

import io.guildhall.api.error.RequestRejectionException;
import io.guildhall.api.query.QueryDispatcher;
import io.guildhall.api.ratelimit.ActionRateLimiter;
import io.guildhall.api.ratelimit.NetworkAddresses;
import io.guildhall.api.ratelimit.RateLimitedAction;
import io.guildhall.api.security.Permission;
import io.guildhall.api.security.RequiresPermission;
import io.guildhall.domain.shared.DomainRejectionException;
import io.guildhall.domain.shared.PersonalDataCipher;
import io.guildhall.domain.user.EmailAddress;
import io.guildhall.query.user.FindSignIn;
import io.guildhall.query.user.SignInView;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** R3: the same answer, in the same time, for an unknown address and for a wrong password. */
@RestController
class LoginEndpoint {

    private final ActionRateLimiter limiter;
    private final SignInRateLimiter signIns;
    private final PasswordHasher passwordHasher;
    private final PersonalDataCipher personalData;
    private final QueryDispatcher queries;
    private final SessionService sessionService;

    LoginEndpoint(
            ActionRateLimiter limiter,
            SignInRateLimiter signIns,
            PasswordHasher passwordHasher,
            PersonalDataCipher personalData,
            QueryDispatcher queries,
            SessionService sessionService) {
        this.limiter = limiter;
        this.signIns = signIns;
        this.passwordHasher = passwordHasher;
        this.personalData = personalData;
        this.queries = queries;
        this.sessionService = sessionService;
    }

    record Credentials(
            @NotNull String email,
            @NotNull String password,
            @Nullable UUID organizationId) {}

    @PostMapping("/v1/account/login")
    @RequiresPermission(Permission.PUBLIC)
    SessionResponse login(@Valid @RequestBody Credentials credentials, HttpServletRequest request) {
        String email = credentials.email();
        String password = credentials.password();
        String network = NetworkAddresses.limited(request);
        limiter.count(RateLimitedAction.SIGN_IN_PER_ADDRESS, network);
        String hash = personalData.emailHash(normalized(email));
        SignInView known = queries.find(new FindSignIn(hash), SignInView.class);
        var attempt = signIns.attempt(known == null ? null : known.user(), hash, network);
        boolean matches = passwordHasher.inTurn(() -> {
            signIns.requireAllowed(attempt);
            boolean right = passwordHasher.matches(password, known == null ? null : known.encodedPassword());
            if (!right) {
                signIns.failed(attempt);
            }
            return right;
        });
        if (known == null || !matches) {
            throw RequestRejectionException.unauthenticated(
                    "sign-in-failed", "The e-mail address or the password is wrong.");
        }
        return sessionService.start(known.user(), credentials.organizationId(), "LOGIN", known.password(), request);
    }

    /** A text that is no e-mail address belongs to no user. */
    private static String normalized(String email) {
        try {
            return EmailAddress.of(email).value();
        } catch (DomainRejectionException noAddress) {
            return "";
        }
    }
}
