package io.guildhall.domain.account;

import io.guildhall.domain.kernel.CommandRefused;
import io.guildhall.domain.kernel.PersonalData;
import io.guildhall.domain.session.EndSession;
import io.guildhall.domain.session.NewSession;
import io.guildhall.domain.session.RefreshSession;
import io.guildhall.domain.session.StartSession;
import io.guildhall.domain.session.events.SessionStarted;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.modelling.command.Repository;
import org.jspecify.annotations.Nullable;

/** R3, R7: sessions come and go. */
public class SigningIn {

    private final Repository<Account> accounts;
    private final PersonalData personalData;
    private final Clock clock;

    public SigningIn(Repository<Account> accounts, PersonalData personalData, Clock clock) {
        this.accounts = accounts;
        this.personalData = personalData;
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
            account.sessions()
                    .start(started(
                            command.account(),
                            command.session(),
                            command.organization(),
                            command.via(),
                            command.cause(),
                            personalData,
                            clock.instant()));
        });
    }

    @CommandHandler
    void handle(RefreshSession command) {
        accounts.load(command.account().toString()).execute(account -> {
            Instant now = clock.instant();
            var sessions = account.requirePresent().sessions();
            if (!sessions.isLive(command.session(), now)) {
                throw CommandRefused.because(new AccountRefusal.SessionEndedMeanwhile());
            }
            UUID organization = sessions.organizationOf(command.session());
            UUID via = sessions.viaOf(command.session());
            sessions.end(command.account(), command.session(), "REFRESH");
            sessions.start(
                    started(command.account(), command.replacement(), organization, via, "REFRESH", personalData, now));
        });
    }

    @CommandHandler
    void handle(EndSession command) {
        accounts.load(command.account().toString())
                .execute(account -> account.sessions().end(command.account(), command.session(), "LOGOUT"));
    }

    static SessionStarted started(
            UUID account,
            NewSession session,
            @Nullable UUID organization,
            @Nullable UUID via,
            String cause,
            PersonalData personalData,
            Instant now) {
        return new SessionStarted(
                account,
                session.id(),
                session.tokenHash(),
                organization,
                via,
                cause,
                session.address() == null ? null : personalData.seal(account, session.address()),
                now,
                now.plus(session.validity()));
    }
}
