package io.guildhall.domain.user;

import io.guildhall.domain.shared.DomainRejectionException;
import io.guildhall.domain.shared.ExpirationPolicy;
import io.guildhall.domain.shared.Limits;
import io.guildhall.domain.shared.ParentCredential;
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
import io.guildhall.domain.user.UserEvent.EmailChangeRequested;
import io.guildhall.domain.user.UserEvent.PasswordSet;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.axonframework.modelling.command.Repository;

/** Handles commands about a user who has signed up: validation and change of the e-mail address, password, profile (R1 to R3). */
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
        Instant now = clock.instant();
        on(command.user(), user -> {
            boolean kept = user.validateEmail(command.link(), command.session(), now);
            if (kept && command.newSession() != null && user.sessions().hasRoom(limits.sessions(), now)) {
                user.sessions()
                        .derive(
                                command.user(),
                                command.newSession(),
                                SessionCommandHandler.encryptedOrigin(
                                        command.user(), command.newSession(), personalData),
                                null,
                                "VALIDATION",
                                new ParentCredential(null, null, command.session(), null, null),
                                now);
            }
        });
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
        Instant now = clock.instant();
        on(command.user(), user -> {
            user.resetPassword(
                    command.link(),
                    password(command.user(), command.password(), command.encodedPassword(), "RESET"),
                    now);
            user.sessions()
                    .signIn(
                            command.user(),
                            command.session(),
                            SessionCommandHandler.encryptedOrigin(command.user(), command.session(), personalData),
                            user.ifMemberOf(command.defaultOrganization()),
                            "PASSWORD_RESET",
                            expirationPolicy.signIn(),
                            now);
        });
    }

    @CommandHandler
    void handle(SetDeploymentNotifications command) {
        on(command.user(), user -> user.deploymentMails(command.on()));
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
            if (name != null && !name.value().equals(personalData.open(command.user(), user.encryptedName()))) {
                user.rename(personalData.seal(command.user(), name.value()));
            }
            if (command.encodedPassword() != null) {
                user.setPassword(
                        password(command.user(), command.password(), command.encodedPassword(), "CHANGE"),
                        command.keepSession());
            }
            // After the password, which cancels an earlier request.
            if (email != null) {
                requestEmailChange(user, command, email);
            }
            if (command.newsletter() != null) {
                user.newsletter(command.newsletter());
            }
        });
    }

    /** Claims nothing: an address that nobody has proven can be requested by anybody. */
    private void requestEmailChange(User user, UpdateProfile command, EmailAddress email) {
        String hash = personalData.emailHash(email.value());
        if (hash.equals(user.emailHash())) {
            return;
        }
        requireFree(hash);
        user.requestEmailChange(new EmailChangeRequested(
                command.user(),
                personalData.seal(command.user(), email.value()),
                hash,
                command.emailChangeLink(),
                validationExpires(),
                !command.recentlyAuthenticated()));
    }

    private void requireFree(String hash) {
        UUID holder;
        try {
            holder = claims.load(EmailClaim.streamOf(hash)).invoke(EmailClaim::holder);
        } catch (AggregateNotFoundException e) {
            return;
        }
        if (holder != null) {
            throw new DomainRejectionException(UserRejections.EMAIL_TAKEN);
        }
    }

    @CommandHandler
    void handle(ConfirmEmailChange command) {
        on(command.user(), user -> {
            EmailChange change = user.confirmEmailChange(command.link(), command.byNewAddress(), clock.instant());
            if (change.isConfirmed()) {
                moveClaim(command.user(), user.emailHash(), change.emailHash());
                user.changeEmail(change);
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

    private void claim(String hash, Consumer<EmailClaim> act) {
        try {
            claims.loadOrCreate(EmailClaim.streamOf(hash), EmailClaim::new).execute(act);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private PasswordSet password(UUID user, UUID id, String encoded, String reason) {
        return new PasswordSet(user, id, personalData.seal(user, encoded), reason);
    }

    private Instant validationExpires() {
        return clock.instant().plus(expirationPolicy.emailValidation());
    }

    private void on(UUID id, Consumer<User> act) {
        users.load(id.toString()).execute(user -> act.accept(user.requirePresent()));
    }
}
