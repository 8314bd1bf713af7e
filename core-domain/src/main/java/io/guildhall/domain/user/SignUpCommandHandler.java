package io.guildhall.domain.user;

import io.guildhall.domain.shared.ExpirationPolicy;
import io.guildhall.domain.shared.PersonalDataCipher;
import io.guildhall.domain.user.UserCommand.SignUp;
import java.time.Clock;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.modelling.command.Repository;

/**
 * Creates a user with a claim on the e-mail address and a first session, in one unit of work (R1: one user per e-mail).
 */
public class SignUpCommandHandler {

    private final Repository<User> users;
    private final Repository<EmailClaim> claims;
    private final PersonalDataCipher personalData;
    private final ExpirationPolicy expirationPolicy;
    private final Clock clock;

    public SignUpCommandHandler(
            Repository<User> users,
            Repository<EmailClaim> claims,
            PersonalDataCipher personalData,
            ExpirationPolicy expirationPolicy,
            Clock clock) {
        this.users = users;
        this.claims = claims;
        this.personalData = personalData;
        this.expirationPolicy = expirationPolicy;
        this.clock = clock;
    }

    @CommandHandler
    void handle(SignUp command) throws Exception {
        EmailAddress email = EmailAddress.of(command.email());
        PersonName name = PersonName.of(command.name());
        String hash = personalData.emailHash(email.value());

        claims.loadOrCreate(EmailClaim.streamOf(hash), EmailClaim::new)
                .execute(claim -> claim.claim(hash, command.user()));
        users.newInstance(() -> User.signUp(command, email, name, personalData, expirationPolicy, clock.instant()));
    }
}
