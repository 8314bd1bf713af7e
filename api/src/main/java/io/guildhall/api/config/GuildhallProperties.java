package io.guildhall.api.config;

import io.guildhall.domain.shared.ExpirationPolicy;
import io.guildhall.domain.shared.Limits;
import jakarta.validation.constraints.Positive;
import java.net.URI;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What an operator may decide about the service as a whole.
 *
 * @param publicUrl where people reach the service, without a trailing slash: the front of every link in a mail; default
 *     http://localhost and the port
 * @param supportContact where users reach the operator: an e-mail address or a URL, named by refusals that only an operator can lift
 * @param invitationLifetime how long an invitation can be accepted (R11)
 * @param emailValidationLifetime how long the link that validates an address works (R2)
 * @param passwordResetLifetime how long the link that resets a password works (R3)
 * @param deactivationLifetime how long a deactivation can be confirmed (R21)
 * @param sessionLifetime how long a session lasts before it must be renewed (R3)
 * @param sessionIdleLimit how long a sign-in may go unused before it ends. Uses are written down every 5 s
 * @param signInLifetime how long a sign-in lasts at most, however often its sessions are renewed (R17a)
 * @param aggregatesKept how many aggregates of each kind stay in memory between commands
 * @param eventsBetweenSnapshots of one organization or user: how many events are read at most, about, where it is not in memory
 * @param maxApiTokens of one organization
 * @param maxSessions of one user
 * @param maxWebhooks of one organization
 * @param maxPendingInvitations of one organization
 */
@Validated
@ConfigurationProperties("guildhall")
public record GuildhallProperties(
        @Nullable URI publicUrl,
        @Nullable String supportContact,
        @DefaultValue("7d") @DurationMin(seconds = 1) Duration invitationLifetime,
        @DefaultValue("3d") @DurationMin(seconds = 1) Duration emailValidationLifetime,
        @DefaultValue("1h") @DurationMin(seconds = 1) Duration passwordResetLifetime,
        @DefaultValue("1d") @DurationMin(seconds = 1) Duration deactivationLifetime,
        @DefaultValue("7d") @DurationMin(seconds = 1) Duration sessionLifetime,
        @DefaultValue("3d") @DurationMin(seconds = 30) Duration sessionIdleLimit,
        @DefaultValue("30d") @DurationMin(seconds = 1) Duration signInLifetime,
        @DefaultValue("10000") @Positive long aggregatesKept,
        @DefaultValue("200") @Positive int eventsBetweenSnapshots,
        @DefaultValue("1000") @Positive int maxApiTokens,
        @DefaultValue("1000") @Positive int maxSessions,
        @DefaultValue("10") @Positive int maxWebhooks,
        @DefaultValue("1000") @Positive int maxPendingInvitations) {

    Limits limits() {
        return new Limits(maxApiTokens, maxSessions, maxWebhooks, maxPendingInvitations);
    }

    ExpirationPolicy expirationPolicy() {
        return new ExpirationPolicy(
                invitationLifetime,
                emailValidationLifetime,
                passwordResetLifetime,
                deactivationLifetime,
                signInLifetime);
    }
}
