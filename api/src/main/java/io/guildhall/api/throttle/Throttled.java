package io.guildhall.api.throttle;

import java.util.function.Function;

/** What is done too often. */
public enum Throttled {
    SIGN_IN_PER_ADDRESS(ThrottleProperties::signInPerAddress),
    SIGN_IN_FAILURES_PER_ACCOUNT(ThrottleProperties::signInFailuresPerAccount),
    SIGN_UP_PER_ADDRESS(ThrottleProperties::signUpPerAddress),
    PASSWORD_RESET_PER_ADDRESS(ThrottleProperties::passwordResetPerAddress),
    PASSWORD_RESET_PER_ACCOUNT(ThrottleProperties::passwordResetPerAccount),
    VALIDATION_PER_ACCOUNT(ThrottleProperties::validationPerAccount),
    INVITATION_RESEND(ThrottleProperties::invitationResend);

    private final Function<ThrottleProperties, Limit> limit;

    Throttled(Function<ThrottleProperties, Limit> limit) {
        this.limit = limit;
    }

    Limit limit(ThrottleProperties properties) {
        return limit.apply(properties);
    }
}
