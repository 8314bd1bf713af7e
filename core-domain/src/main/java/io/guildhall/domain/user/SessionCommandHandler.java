package io.guildhall.domain.user;

import io.guildhall.domain.session.SessionCommand.EndSession;
import io.guildhall.domain.session.SessionCommand.EndSignIn;
import io.guildhall.domain.session.SessionCommand.RefreshSession;
import io.guildhall.domain.session.SessionCommand.StartSession;
import io.guildhall.domain.shared.ExpirationPolicy;
import io.guildhall.domain.shared.Limits;
import io.guildhall.domain.shared.PersonalDataCipher;
import java.time.Clock;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.modelling.command.Repository;

/** Starts, renews and ends sessions. */
public class SessionCommandHandler {

    private final Repository<User> users;
    private final PersonalDataCipher personalData;
    private final ExpirationPolicy expirationPolicy;
    private final Limits limits;
    private final Clock clock;

    public SessionCommandHandler(
            Repository<User> users,
            PersonalDataCipher personalData,
            ExpirationPolicy expirationPolicy,
            Limits limits,
            Clock clock) {
        this.users = users;
        this.personalData = personalData;
        this.expirationPolicy = expirationPolicy;
        this.limits = limits;
        this.clock = clock;
    }

    @CommandHandler
    void handle(StartSession command) {
        users.load(command.user().toString())
                .execute(user -> user.requirePresent()
                        .startSession(
                                command, expirationPolicy.signIn(), limits.sessions(), personalData, clock.instant()));
    }

    @CommandHandler
    void handle(RefreshSession command) {
        users.load(command.user().toString())
                .execute(user -> user.requirePresent().refreshSession(command, personalData, clock.instant()));
    }

    @CommandHandler
    void handle(EndSession command) {
        users.load(command.user().toString()).execute(user -> user.endSession(command.session()));
    }

    @CommandHandler
    void handle(EndSignIn command) {
        users.load(command.user().toString())
                .execute(user -> user.requirePresent().endSignIn(command.signIn(), clock.instant()));
    }
}
