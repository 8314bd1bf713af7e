package io.guildhall.domain.user;

import io.guildhall.domain.shared.ExpirationPolicy;
import io.guildhall.domain.shared.Limits;
import io.guildhall.domain.shared.PersonalDataCipher;
import io.guildhall.domain.user.UserCommand.CancelEmailChange;
import io.guildhall.domain.user.UserCommand.ConfirmEmailChange;
import io.guildhall.domain.user.UserCommand.RaiseMembershipLimit;
import io.guildhall.domain.user.UserCommand.RequestEmailValidation;
import io.guildhall.domain.user.UserCommand.RequestPasswordReset;
import io.guildhall.domain.user.UserCommand.ResetPassword;
import io.guildhall.domain.user.UserCommand.SetDeploymentNotifications;
import io.guildhall.domain.user.UserCommand.UpdateProfile;
import io.guildhall.domain.user.UserCommand.ValidateEmail;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.modelling.command.Repository;

/** Handles commands about users who have signed up: validation and change of the e-mail address, password, profile. */
public class UserCommandHandler {

    private final Repository<User> users;
    private final Repository<EmailClaim> claims;
    private final PersonalDataCipher personalData;
    private final ExpirationPolicy expirationPolicy;
    private final Limits limits;
    private final Clock clock;

    public UserCommandHandler(
            Repository<User> users,
            Repository<EmailClaim> claims,
            PersonalDataCipher personalData,
            ExpirationPolicy expirationPolicy,
            Limits limits,
            Clock clock) {
        this.users = users;
        this.claims = claims;
        this.personalData = personalData;
        this.expirationPolicy = expirationPolicy;
        this.limits = limits;
        this.clock = clock;
    }

    @CommandHandler
    void handle(RequestEmailValidation command) {
        on(command.user(), user -> user.requestEmailValidation(command.link(), validationExpires()));
    }

    @CommandHandler
    void handle(ValidateEmail command) {
        on(command.user(), user -> user.validateEmail(command, limits.sessions(), personalData, clock.instant()));
    }

    @CommandHandler
    void handle(RequestPasswordReset command) {
        on(
                command.user(),
                user -> user.requestPasswordReset(
                        command.link(), clock.instant().plus(expirationPolicy.passwordReset())));
    }

    @CommandHandler
    void handle(ResetPassword command) {
        on(
                command.user(),
                user -> user.resetPassword(command, expirationPolicy.signIn(), personalData, clock.instant()));
    }

    @CommandHandler
    void handle(SetDeploymentNotifications command) {
        on(command.user(), user -> user.setDeploymentNotifications(command.on()));
    }

    @CommandHandler
    void handle(RaiseMembershipLimit command) {
        on(command.user(), user -> user.raiseMembershipLimit(command.limit()));
    }

    @CommandHandler
    void handle(UpdateProfile command) {
        PersonName name = command.name() == null ? null : PersonName.of(command.name());
        EmailAddress email = command.email() == null ? null : EmailAddress.of(command.email());
        on(command.user(), user -> {
            if (name != null) {
                user.rename(name, personalData);
            }
            if (command.encodedPassword() != null) {
                user.changePassword(command.password(), command.encodedPassword(), command.keepSession(), personalData);
            }
            // After the password, which cancels an earlier request.
            if (email != null) {
                user.requestEmailChange(
                        email,
                        EmailClaim.holderOf(personalData.emailHash(email.value()), claims),
                        command.emailChangeLink(),
                        validationExpires(),
                        !command.recentlyAuthenticated(),
                        personalData);
            }
            if (command.newsletter() != null) {
                user.subscribeToNewsletter(command.newsletter());
            }
        });
    }

    @CommandHandler
    void handle(ConfirmEmailChange command) {
        on(command.user(), user -> {
            String next = user.confirmEmailChange(command.link(), command.byNewAddress(), clock.instant());
            if (next != null) {
                moveClaim(command.user(), user.emailHash(), next);
                user.completeEmailChange();
            }
        });
    }

    @CommandHandler
    void handle(CancelEmailChange command) {
        on(command.user(), user -> user.cancelEmailChange(command.link(), clock.instant()));
    }

    private void moveClaim(UUID user, String from, String to) {
        Stream.of(from, to)
                .sorted()
                .forEach(each -> claim(each, claim -> {
                    if (each.equals(to)) {
                        claim.claim(to, user);
                    } else {
                        claim.release();
                    }
                }));
    }

    private void claim(String hash, Consumer<EmailClaim> decision) {
        try {
            claims.loadOrCreate(EmailClaim.streamOf(hash), EmailClaim::new).execute(decision);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private Instant validationExpires() {
        return clock.instant().plus(expirationPolicy.emailValidation());
    }

    private void on(UUID id, Consumer<User> decision) {
        users.load(id.toString()).execute(user -> decision.accept(user.requirePresent()));
    }
}
