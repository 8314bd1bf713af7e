package io.guildhall.domain.session;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import io.guildhall.domain.session.SessionEvent.SessionEnded;
import io.guildhall.domain.session.SessionEvent.SessionStarted;
import io.guildhall.domain.session.SessionEvent.SignInEnded;
import io.guildhall.domain.shared.Descendants;
import io.guildhall.domain.shared.DomainRejectionException;
import io.guildhall.domain.shared.ParentCredential;
import io.guildhall.domain.shared.PersonalDataCipher;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Predicate;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.jspecify.annotations.Nullable;

/** The sessions of a user that have not ended. */
public class Sessions {

    /** The causes of sessions for which the user entered a password. */
    private static final Set<String> BY_PASSWORD = Set.of("LOGIN", "SIGN_UP", "PASSWORD_RESET");

    private final Map<UUID, Live> live = new LinkedHashMap<>();

    /** The sessions by expiry, so that expired ones are found without visiting the others. */
    private final NavigableSet<Expiry> byExpiry =
            new TreeSet<>(Comparator.comparing(Expiry::at).thenComparing(Expiry::session));

    /** The sessions by sign-in, so that thousands of sign-ins end in one pass. */
    private final Map<UUID, Set<UUID>> bySignIn = new HashMap<>();

    private record Expiry(Instant at, UUID session) {}

    private record Live(
            @Nullable UUID organization,
            @Nullable UUID sessionToken,
            boolean interactive,
            @Nullable SignIn signIn,
            @Nullable UUID parent,
            @Nullable List<String> scopes,
            Instant expiresAt) {

        boolean belongsTo(@Nullable UUID id) {
            return signIn != null && signIn.id().equals(id);
        }

        /** The latest end of all credentials created with the session. */
        Instant latestEnd() {
            return interactive && signIn != null ? signIn.endsAt() : expiresAt;
        }
    }

    /** What a new credential inherits from its parent. */
    private record Inherited(
            boolean interactive,
            @Nullable UUID organization,
            @Nullable UUID sessionToken,
            @Nullable Instant latestEnd,
            @Nullable SignIn signIn,
            @Nullable UUID parent,
            @Nullable List<String> scopes) {}

    /** Whether another session can start. Expired sessions do not count. */
    public boolean hasRoom(int max, Instant now) {
        long expired = byExpiry.stream()
                .takeWhile(session -> !now.isBefore(session.at()))
                .count();
        return live.size() - expired < max;
    }

    /**
     * Starts the first session of a sign-in.
     *
     * @param lifetime of the sign-in
     */
    public void signIn(
            UUID user,
            SessionDescriptor session,
            @Nullable UUID organization,
            String cause,
            Duration lifetime,
            PersonalDataCipher personalData,
            Instant now) {
        var signIn = new SignIn(session.id(), now, now.plus(lifetime), BY_PASSWORD.contains(cause) ? now : null);
        Instant end = earliest(now.plus(session.validity()), signIn.endsAt());
        String origin = encryptedOrigin(user, session, personalData);
        apply(started(user, session, origin, organization, null, cause, now, end, signIn, null, null));
    }

    /** Starts a session with another credential (R17a: with at most its organization, scopes and end). */
    public void derive(
            UUID user,
            SessionDescriptor session,
            @Nullable UUID organization,
            String cause,
            ParentCredential parent,
            PersonalDataCipher personalData,
            Instant now) {
        Inherited inherited = inherited(parent, now);
        if (!inherited.interactive() && !Objects.equals(inherited.organization(), organization)) {
            throw new DomainRejectionException(SessionRejections.BOUND_TO_ORGANIZATION);
        }
        apply(started(
                user,
                session,
                encryptedOrigin(user, session, personalData),
                organization,
                inherited.sessionToken(),
                cause,
                now,
                earliest(now.plus(session.validity()), inherited.latestEnd()),
                inherited.signIn(),
                inherited.parent(),
                inherited.scopes()));
    }

    private Inherited inherited(ParentCredential parent, Instant now) {
        Live parentSession = parent.session() == null ? null : find(parent.session(), now);
        if (parentSession != null && parent.token() == null) {
            return new Inherited(
                    parentSession.interactive(),
                    parentSession.organization(),
                    parentSession.sessionToken(),
                    parentSession.latestEnd(),
                    parentSession.signIn(),
                    parentSession.interactive() ? null : parent.session(),
                    parentSession.scopes());
        }
        // An API token never outlives the session with which it was created.
        return new Inherited(
                false,
                parent.organization(),
                parent.token(),
                parent.expiresAt(),
                parentSession == null ? null : parentSession.signIn(),
                parent.session(),
                parent.scopes());
    }

    /** Replaces an interactive session. */
    public void refresh(
            UUID user, UUID session, SessionDescriptor replacement, PersonalDataCipher personalData, Instant now) {
        Live previous = find(session, now);
        if (!previous.interactive()) {
            throw new DomainRejectionException(SessionRejections.INTERACTIVE_SESSION_REQUIRED);
        }
        apply(new SessionEnded(user, session, "REFRESH"));
        apply(started(
                user,
                replacement,
                encryptedOrigin(user, replacement, personalData),
                previous.organization(),
                null,
                "REFRESH",
                now,
                earliest(now.plus(replacement.validity()), previous.latestEnd()),
                previous.signIn(),
                null,
                null));
    }

    /**
     * Ends the sign-in of an interactive session, or a bound session and all credentials created with it. Does nothing
     * if it has already ended.
     */
    public void end(UUID user, UUID session, String reason) {
        Live it = live.get(session);
        if (it == null) {
            return;
        }
        if (it.interactive() && it.signIn() != null) {
            apply(new SignInEnded(user, it.signIn().id(), reason));
        } else {
            endWithChildren(user, session, reason);
        }
    }

    /** Ends a sign-in. Rejects one that does not exist or has ended. */
    public void endSignIn(UUID user, UUID signIn, String reason, Instant now) {
        if (live.values().stream()
                .noneMatch(it -> it.interactive() && it.belongsTo(signIn) && now.isBefore(it.expiresAt()))) {
            throw new DomainRejectionException(SessionRejections.NO_SUCH_SESSION);
        }
        apply(new SignInEnded(user, signIn, reason));
    }

    /** Whether the session exists and has not expired. */
    public boolean isLive(UUID session, Instant now) {
        Live found = live.get(session);
        return found != null && now.isBefore(found.expiresAt());
    }

    /** Ends all other sessions; those of the same sign-in individually. */
    public void endAllExcept(@Nullable UUID kept, UUID user, String reason) {
        endSignInsExcept(signInOf(kept), user, reason);
        endEach(session -> !session.equals(kept), user, reason);
    }

    /** Ends all sign-ins and sessions except the sign-in of this session. */
    public void endOtherSignIns(UUID kept, UUID user, String reason) {
        UUID keptSignIn = signInOf(kept);
        endSignInsExcept(keptSignIn, user, reason);
        endEach(session -> !session.equals(kept) && !Objects.equals(signInOf(session), keptSignIn), user, reason);
    }

    private @Nullable UUID signInOf(@Nullable UUID session) {
        Live found = session == null ? null : live.get(session);
        return found == null || found.signIn() == null ? null : found.signIn().id();
    }

    private void endSignInsExcept(@Nullable UUID kept, UUID user, String reason) {
        live.values().stream()
                .map(Live::signIn)
                .filter(Objects::nonNull)
                .map(SignIn::id)
                .filter(signIn -> !signIn.equals(kept))
                .distinct()
                .sorted()
                .toList()
                .forEach(signIn -> apply(new SignInEnded(user, signIn, reason)));
    }

    private void endEach(Predicate<UUID> condition, UUID user, String reason) {
        live.keySet().stream()
                .filter(condition)
                .sorted()
                .toList()
                .forEach(session -> apply(new SessionEnded(user, session, reason)));
    }

    private void endWithChildren(UUID user, UUID session, String reason) {
        Map<UUID, UUID> parents = new HashMap<>();
        live.forEach((child, it) -> {
            if (it.parent() != null) {
                parents.put(child, it.parent());
            }
        });
        Descendants.of(session, parents).forEach(each -> apply(new SessionEnded(user, each, reason)));
    }

    private Live find(UUID session, Instant now) {
        Live found = live.get(session);
        if (found == null || !now.isBefore(found.expiresAt())) {
            throw new DomainRejectionException(SessionRejections.SESSION_ENDED);
        }
        return found;
    }

    private static @Nullable String encryptedOrigin(
            UUID user, SessionDescriptor session, PersonalDataCipher personalData) {
        return session.origin() == null
                ? null
                : personalData.seal(user, session.origin().text());
    }

    private static SessionStarted started(
            UUID user,
            SessionDescriptor session,
            @Nullable String encryptedOrigin,
            @Nullable UUID organization,
            @Nullable UUID sessionToken,
            String cause,
            Instant now,
            Instant end,
            @Nullable SignIn signIn,
            @Nullable UUID parent,
            @Nullable List<String> scopes) {
        return new SessionStarted(
                user,
                session.id(),
                session.tokenHash(),
                organization,
                sessionToken,
                cause,
                encryptedOrigin,
                now,
                end,
                signIn == null ? null : signIn.id(),
                signIn == null ? null : signIn.at(),
                signIn == null ? null : signIn.endsAt(),
                signIn == null ? null : signIn.authenticatedAt(),
                parent,
                scopes);
    }

    private static Instant earliest(Instant one, @Nullable Instant other) {
        return other == null || one.isBefore(other) ? one : other;
    }

    /** For snapshots. */
    public record State(Map<UUID, Live> live) {}

    public State state() {
        return new State(new LinkedHashMap<>(live));
    }

    public void restore(State state) {
        state.live().forEach(this::add);
    }

    private void add(UUID session, Live it) {
        live.put(session, it);
        byExpiry.add(new Expiry(it.expiresAt(), session));
        if (it.signIn() != null) {
            bySignIn.computeIfAbsent(it.signIn().id(), none -> new HashSet<>()).add(session);
        }
    }

    private void remove(UUID session) {
        Live previous = live.remove(session);
        if (previous == null) {
            return;
        }
        byExpiry.remove(new Expiry(previous.expiresAt(), session));
        if (previous.signIn() != null) {
            bySignIn.computeIfPresent(previous.signIn().id(), (id, sessions) -> {
                sessions.remove(session);
                return sessions.isEmpty() ? null : sessions;
            });
        }
    }

    @EventSourcingHandler
    void on(SessionStarted event) {
        while (!byExpiry.isEmpty()
                && !event.startedAt().isBefore(byExpiry.first().at())) {
            remove(byExpiry.first().session());
        }
        add(
                event.session(),
                new Live(
                        event.organization(),
                        event.sessionToken(),
                        event.interactive(),
                        SignIn.of(event),
                        event.parent(),
                        event.scopes(),
                        event.expiresAt()));
    }

    @EventSourcingHandler
    void on(SessionEnded event) {
        remove(event.session());
    }

    @EventSourcingHandler
    void on(SignInEnded event) {
        Set<UUID> ended = bySignIn.remove(event.signIn());
        if (ended != null) {
            ended.forEach(this::remove);
        }
    }
}
