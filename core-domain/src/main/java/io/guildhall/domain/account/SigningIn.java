package io.guildhall.domain.account;

import io.guildhall.domain.kernel.CommandRefused;
import io.guildhall.domain.kernel.Lifetimes;
import io.guildhall.domain.kernel.Limits;
import io.guildhall.domain.kernel.PersonalData;
import io.guildhall.domain.session.EndSession;
import io.guildhall.domain.session.EndSignIn;
import io.guildhall.domain.session.NewSession;
import io.guildhall.domain.session.RefreshSession;
import io.guildhall.domain.session.StartSession;
import java.time.Clock;
import java.util.UUID;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.modelling.command.Repository;
import org.jspecify.annotations.Nullable;

/** Starts, renews and ends sessions (R3, R7, R17a). */
public class SigningIn {

    private final Repository<Account> accounts;
    private final PersonalData personalData;
    private final Lifetimes lifetimes;
    private final Limits limits;
    private final Clock clock;

    public SigningIn(
            Repository<Account> accounts, PersonalData personalData, Lifetimes lifetimes, Limits limits, Clock clock) {
        this.accounts = accounts;
        this.personalData = personalData;
        this.lifetimes = lifetimes;
        this.limits = limits;
        this.clock = clock;
    }

    @CommandHandler
    void handle(StartSession command) {
        accounts.load(command.account().toString()).execute(account -> {
            account.requirePresent();
            if (command.password() != null) {
                account.requirePassword(command.password());
            }
            if (command.organization() != null) {
                account.requireMemberOf(command.organization());
            }
            if (!account.sessions().hasRoom(limits.sessions(), clock.instant())) {
                throw CommandRefused.because(new AccountRefusal.TooManySessions(limits.sessions()));
            }
            String address = sealedAddress(command.account(), command.session(), personalData);
            if (command.parent() == null) {
                account.sessions()
                        .signIn(
                                command.account(),
                                command.session(),
                                address,
                                command.organization(),
                                command.cause(),
                                lifetimes.signIn(),
                                clock.instant());
            } else {
                account.sessions()
                        .derive(
                                command.account(),
                                command.session(),
                                address,
                                command.organization(),
                                command.cause(),
                                command.parent(),
                                clock.instant());
            }
        });
    }

    @CommandHandler
    void handle(RefreshSession command) {
        accounts.load(command.account().toString())
                .execute(account -> account.requirePresent()
                        .sessions()
                        .refresh(
                                command.account(),
                                command.session(),
                                command.replacement(),
                                sealedAddress(command.account(), command.replacement(), personalData),
                                clock.instant()));
    }

    @CommandHandler
    void handle(EndSession command) {
        accounts.load(command.account().toString())
                .execute(account -> account.sessions().end(command.account(), command.session(), "LOGOUT"));
    }

    @CommandHandler
    void handle(EndSignIn command) {
        accounts.load(command.account().toString())
                .execute(account -> account.requirePresent()
                        .sessions()
                        .endSignIn(command.account(), command.signIn(), "LOGOUT", clock.instant()));
    }

    static @Nullable String sealedAddress(UUID account, NewSession session, PersonalData personalData) {
        return session.address() == null ? null : personalData.seal(account, session.address());
    }
}
