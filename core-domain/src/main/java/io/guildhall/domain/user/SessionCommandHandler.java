package io.guildhall.domain.user;

import io.guildhall.domain.session.SessionCommand.EndSession;
import io.guildhall.domain.session.SessionCommand.EndSignIn;
import io.guildhall.domain.session.SessionCommand.RefreshSession;
import io.guildhall.domain.session.SessionCommand.StartSession;
import io.guildhall.domain.session.SessionDescriptor;
import io.guildhall.domain.shared.DomainRejectionException;
import io.guildhall.domain.shared.ExpirationPolicy;
import io.guildhall.domain.shared.Limits;
import io.guildhall.domain.shared.PersonalDataCipher;
import java.time.Clock;
import java.util.UUID;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.modelling.command.Repository;
import org.jspecify.annotations.Nullable;

/** Starts, renews and ends sessions (R3, R7, R17a). */
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
        users.load(command.user().toString()).execute(user -> {
            user.requirePresent();
            if (command.password() != null) {
                user.requirePassword(command.password());
            }
            if (command.organization() != null) {
                user.requireMemberOf(command.organization());
            }
            UUID organization = command.organization() != null
                    ? command.organization()
                    : user.ifMemberOf(command.defaultOrganization());
            if (!user.sessions().hasRoom(limits.sessions(), clock.instant())) {
                throw new DomainRejectionException(UserRejections.tooManySessions(limits.sessions()));
            }
            String origin = encryptedOrigin(command.user(), command.session(), personalData);
            if (command.parent() == null) {
                user.sessions()
                        .signIn(
                                command.user(),
                                command.session(),
                                origin,
                                organization,
                                command.cause(),
                                expirationPolicy.signIn(),
                                clock.instant());
            } else {
                user.sessions()
                        .derive(
                                command.user(),
                                command.session(),
                                origin,
                                organization,
                                command.cause(),
                                command.parent(),
                                clock.instant());
            }
        });
    }

    @CommandHandler
    void handle(RefreshSession command) {
        users.load(command.user().toString())
                .execute(user -> user.requirePresent()
                        .sessions()
                        .refresh(
                                command.user(),
                                command.session(),
                                command.replacement(),
                                encryptedOrigin(command.user(), command.replacement(), personalData),
                                clock.instant()));
    }

    @CommandHandler
    void handle(EndSession command) {
        users.load(command.user().toString())
                .execute(user -> user.sessions().end(command.user(), command.session(), "LOGOUT"));
    }

    @CommandHandler
    void handle(EndSignIn command) {
        users.load(command.user().toString())
                .execute(user -> user.requirePresent()
                        .sessions()
                        .endSignIn(command.user(), command.signIn(), "LOGOUT", clock.instant()));
    }

    static @Nullable String encryptedOrigin(UUID user, SessionDescriptor session, PersonalDataCipher personalData) {
        return session.origin() == null
                ? null
                : personalData.seal(user, session.origin().text());
    }
}
