package io.guildhall.domain.account;

import io.guildhall.domain.account.events.EmailChangeRequested;
import io.guildhall.domain.account.events.PasswordSet;
import io.guildhall.domain.kernel.CommandRefused;
import io.guildhall.domain.kernel.Lifetimes;
import io.guildhall.domain.kernel.PersonalData;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.axonframework.modelling.command.Repository;

/** R1 to R3 after signing up: proving the address, the password, the profile. */
public class KeepingAccounts {

    private final Repository<Account> accounts;
    private final Repository<EmailClaim> claims;
    private final PersonalData personalData;
    private final Lifetimes lifetimes;
    private final Clock clock;

    public KeepingAccounts(
            Repository<Account> accounts,
            Repository<EmailClaim> claims,
            PersonalData personalData,
            Lifetimes lifetimes,
            Clock clock) {
        this.accounts = accounts;
        this.claims = claims;
        this.personalData = personalData;
        this.lifetimes = lifetimes;
        this.clock = clock;
    }

    @CommandHandler
    void handle(RequestEmailValidation command) {
        on(command.account(), account -> account.requestEmailValidation(command.link(), validationExpires()));
    }

    @CommandHandler
    void handle(ValidateEmail command) {
        on(command.account(), account -> account.validateEmail(command.link(), command.session(), clock.instant()));
    }

    @CommandHandler
    void handle(ProveEmail command) {
        String hash = personalData.emailHash(EmailAddress.of(command.email()).value());
        on(command.account(), account -> account.proveEmail(hash));
    }

    @CommandHandler
    void handle(RequestPasswordReset command) {
        on(
                command.account(),
                account -> account.requestPasswordReset(
                        command.link(), clock.instant().plus(lifetimes.passwordReset())));
    }

    @CommandHandler
    void handle(ResetPassword command) {
        on(
                command.account(),
                account -> account.resetPassword(
                        command.link(),
                        password(command.account(), command.password(), command.encodedPassword(), "RESET"),
                        clock.instant()));
    }

    @CommandHandler
    void handle(TurnDeploymentMails command) {
        on(command.account(), account -> account.deploymentMails(command.on()));
    }

    @CommandHandler
    void handle(RaiseMembershipLimit command) {
        on(command.account(), account -> account.raiseMembershipLimit(command.limit()));
    }

    @CommandHandler
    void handle(ChangeProfile command) {
        PersonName name = command.name() == null ? null : PersonName.of(command.name());
        EmailAddress email = command.email() == null ? null : EmailAddress.of(command.email());
        on(command.account(), account -> {
            if (name != null && !name.value().equals(personalData.open(command.account(), account.sealedName()))) {
                account.rename(personalData.seal(command.account(), name.value()));
            }
            if (email != null) {
                requestEmailChange(account, command, email);
            }
            if (command.newsletter() != null) {
                account.newsletter(command.newsletter());
            }
            if (command.encodedPassword() != null) {
                account.setPassword(
                        password(command.account(), command.password(), command.encodedPassword(), "CHANGE"),
                        command.keepSession());
            }
        });
    }

    /** Claims nothing: an address that nobody has proven can be requested by anybody. */
    private void requestEmailChange(Account account, ChangeProfile command, EmailAddress email) {
        String hash = personalData.emailHash(email.value());
        if (hash.equals(account.emailHash())) {
            return;
        }
        requireFree(hash);
        account.requestEmailChange(new EmailChangeRequested(
                command.account(),
                personalData.seal(command.account(), email.value()),
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
            throw CommandRefused.because(new AccountRefusal.EmailTaken());
        }
    }

    @CommandHandler
    void handle(ConfirmEmailChange command) {
        on(command.account(), account -> {
            EmailChange change = account.confirmEmailChange(command.link(), command.byNewAddress(), clock.instant());
            if (change.isConfirmed()) {
                moveClaim(command.account(), account.emailHash(), change.emailHash());
                account.changeEmail(change);
            }
        });
    }

    @CommandHandler
    void handle(CancelEmailChange command) {
        on(command.account(), account -> account.cancelEmailChange(command.link(), clock.instant()));
    }

    private void moveClaim(UUID account, String from, String to) {
        Stream.of(from, to)
                .sorted()
                .forEach(each -> claim(each, claim -> {
                    if (each.equals(to)) {
                        claim.claim(to, account);
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

    private PasswordSet password(UUID account, UUID id, String encoded, String reason) {
        return new PasswordSet(account, id, personalData.seal(account, encoded), reason);
    }

    private Instant validationExpires() {
        return clock.instant().plus(lifetimes.emailValidation());
    }

    private void on(UUID id, Consumer<Account> act) {
        accounts.load(id.toString()).execute(account -> act.accept(account.requirePresent()));
    }
}
