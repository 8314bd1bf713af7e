package io.guildhall.domain.account;

import io.guildhall.domain.account.events.AccountSignedUp;
import io.guildhall.domain.account.events.PasswordSet;
import io.guildhall.domain.kernel.Lifetimes;
import io.guildhall.domain.kernel.PersonalData;
import java.time.Clock;
import java.time.Instant;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.modelling.command.Repository;

/** R1, R2: a new account, its claim on the address, its first session, in one act. */
public class SigningUp {

    private final Repository<Account> accounts;
    private final Repository<EmailClaim> claims;
    private final PersonalData personalData;
    private final Lifetimes lifetimes;
    private final Clock clock;

    public SigningUp(
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
    void handle(SignUp command) throws Exception {
        EmailAddress email = EmailAddress.of(command.email());
        PersonName name = PersonName.of(command.name());
        String hash = personalData.emailHash(email.value());
        Instant now = clock.instant();

        claims.loadOrCreate(EmailClaim.streamOf(hash), EmailClaim::new)
                .execute(claim -> claim.claim(hash, command.account()));
        accounts.newInstance(() -> Account.signUp(new AccountSignedUp(
                        command.account(),
                        personalData.seal(command.account(), name.value()),
                        personalData.seal(command.account(), email.value()),
                        hash)))
                .execute(account -> {
                    account.setPassword(
                            new PasswordSet(
                                    command.account(),
                                    command.password(),
                                    personalData.seal(command.account(), command.encodedPassword()),
                                    "SIGN_UP"),
                            null);
                    if (command.emailProven()) {
                        account.proveEmail(hash);
                    } else {
                        account.requestEmailValidation(command.validationLink(), now.plus(lifetimes.emailValidation()));
                    }
                    account.sessions()
                            .signIn(
                                    command.account(),
                                    command.session(),
                                    SigningIn.sealedAddress(command.account(), command.session(), personalData),
                                    null,
                                    "SIGN_UP",
                                    lifetimes.signIn(),
                                    now);
                });
    }
}
