package io.guildhall.api.throttle;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How often is too often, each written as {@code 60/1m}.
 *
 * @param requestsPerCaller all requests of one caller: of an API token, of a person by all of the person's sessions, or, without
 *     either, from one network address
 * @param signInPerAddress R3: tries from one network address
 * @param signInFailuresPerAccount R3: wrong passwords for one account, from anywhere
 * @param signUpPerAddress new accounts from one network address
 * @param passwordResetPerAddress mails asked for from one network address
 * @param passwordResetPerAccount mails to one person
 * @param validationPerAccount mails to one person
 * @param invitationResend R12: mails of one invitation
 */
@Validated
@ConfigurationProperties("guildhall.throttle")
public record ThrottleProperties(
        @DefaultValue("400/1m") Limit requestsPerCaller,
        @DefaultValue("60/1m") Limit signInPerAddress,
        @DefaultValue("10/15m") Limit signInFailuresPerAccount,
        @DefaultValue("120/1m") Limit signUpPerAddress,
        @DefaultValue("30/10m") Limit passwordResetPerAddress,
        @DefaultValue("3/10m") Limit passwordResetPerAccount,
        @DefaultValue("3/10m") Limit validationPerAccount,
        @DefaultValue("1/1m") Limit invitationResend) {}
