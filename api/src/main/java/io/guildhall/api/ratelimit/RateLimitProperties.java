package io.guildhall.api.ratelimit;

import io.guildhall.infrastructure.ratelimit.RateLimit;
import jakarta.validation.constraints.NotEmpty;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Rate limits, each written as {@code 60/1m}. Where several are given, such as {@code 3/10m,20/1d}, all of them hold.
 *
 * @param requestsPerCaller all requests of one caller: of a person by all sessions and personal tokens, of an organization by its
 *     tokens, or, without a valid token, from one network address
 * @param signInPerAddress R3: sign-ins from one network address
 * @param signInFailuresPerAddress R3: wrong passwords from one network address, for any user
 * @param signInFailuresPerUserAndAddress R3: wrong passwords for one user from one network address
 * @param signInFailuresPerUser R3: wrong passwords for one user from network addresses from which the user has not signed in
 *     for 30 days; only those are refused
 * @param signUpPerAddress new users from one network address
 * @param passwordResetPerAddress password resets from one network address
 * @param passwordResetPerUser password resets for one user from one network address
 * @param validationPerUser validation mails that one user asks for, to whatever address
 * @param invitationResend R12: mails of one invitation
 * @param invitationsPerOrganization invitations that one organization mails
 * @param invitationsPerOrganizationAndRecipient invitations that one organization mails to one e-mail address
 * @param deactivationsPerOrganization deactivations of one organization that are to be confirmed by mail
 * @param webhookNoticesPerOrganization mails to the members of one organization that a webhook of it was disabled
 * @param mailsPerRecipient mails of one kind to one e-mail address
 */
@Validated
@ConfigurationProperties("guildhall.throttle")
public record RateLimitProperties(
        @DefaultValue("400/1m") RateLimit requestsPerCaller,
        @DefaultValue("60/1m") @NotEmpty List<RateLimit> signInPerAddress,
        @DefaultValue("100/15m") @NotEmpty List<RateLimit> signInFailuresPerAddress,
        @DefaultValue("10/15m") @NotEmpty List<RateLimit> signInFailuresPerUserAndAddress,
        @DefaultValue("50/1h") @NotEmpty List<RateLimit> signInFailuresPerUser,
        @DefaultValue("120/1m") @NotEmpty List<RateLimit> signUpPerAddress,
        @DefaultValue("30/10m") @NotEmpty List<RateLimit> passwordResetPerAddress,
        @DefaultValue({"3/10m", "10/1d"}) @NotEmpty List<RateLimit> passwordResetPerUser,
        @DefaultValue({"3/10m", "20/1d"}) @NotEmpty List<RateLimit> validationPerUser,
        @DefaultValue("1/1m") @NotEmpty List<RateLimit> invitationResend,
        @DefaultValue({"200/1h", "1000/1d"}) @NotEmpty List<RateLimit> invitationsPerOrganization,
        @DefaultValue({"3/10m", "10/1d"}) @NotEmpty List<RateLimit> invitationsPerOrganizationAndRecipient,
        @DefaultValue({"3/1h", "10/1d"}) @NotEmpty List<RateLimit> deactivationsPerOrganization,
        @DefaultValue({"500/1h", "2000/1d"}) @NotEmpty List<RateLimit> webhookNoticesPerOrganization,
        @DefaultValue({"10/1h", "30/1d"}) @NotEmpty List<RateLimit> mailsPerRecipient) {}
