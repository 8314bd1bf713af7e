package io.guildhall.domain.token;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import io.guildhall.domain.shared.Descendants;
import io.guildhall.domain.shared.DisplayText;
import io.guildhall.domain.shared.DomainRejectionException;
import io.guildhall.domain.shared.PersonalDataCipher;
import io.guildhall.domain.shared.RecentIds;
import io.guildhall.domain.token.TokenCommand.EditToken;
import io.guildhall.domain.token.TokenCommand.IssueToken;
import io.guildhall.domain.token.TokenEvent.TokenDeactivated;
import io.guildhall.domain.token.TokenEvent.TokenEdited;
import io.guildhall.domain.token.TokenEvent.TokenIssued;
import io.guildhall.domain.token.TokenEvent.TokenReactivated;
import io.guildhall.domain.token.TokenEvent.TokenRevoked;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.jspecify.annotations.Nullable;

/** The API tokens of one organization; part of the organization. */
public class Tokens {

    /** Good for reading the organization's trail, and for nothing else. */
    public static final String ACTIVITIES_READ = "activities:read";

    private static final Set<String> TYPES = Set.of("USER", "ORGANIZATION");
    private static final Set<String> SCOPES = Set.of(ACTIVITIES_READ);

    private record Token(
            UUID user,
            boolean active,
            @Nullable String encryptedName,
            @Nullable String encryptedDescription,
            @Nullable Instant expiresAt,
            boolean limited,
            @Nullable UUID parent) {

        Token active(boolean next) {
            return new Token(user, next, encryptedName, encryptedDescription, expiresAt, limited, parent);
        }

        boolean expired(Instant now) {
            return expiresAt != null && !now.isBefore(expiresAt);
        }
    }

    /** The oldest first. */
    private final Map<UUID, Token> unrevoked = new LinkedHashMap<>();

    private final RecentIds revoked = new RecentIds();

    public boolean isActive(UUID token, Instant now) {
        Token found = unrevoked.get(token);
        return found != null && found.active() && !found.expired(now);
    }

    /** The member who created the token. */
    public UUID userOf(UUID token) {
        return find(token).user();
    }

    /** No scope there is allows a change. */
    public void requireUnlimited(UUID token) {
        Token found = unrevoked.get(token);
        if (found != null && found.limited()) {
            throw new DomainRejectionException(TokenRejections.INSUFFICIENT_SCOPE);
        }
    }

    /**
     * Revokes the oldest tokens that no longer work where there would be more than {@code max} otherwise.
     *
     * @param parent the API token that the new one is made with, directly or through a session; or null
     */
    public void issue(
            IssueToken command, @Nullable UUID parent, int max, Instant now, PersonalDataCipher personalData) {
        if (unrevoked.containsKey(command.token()) || revoked.contains(command.token())) {
            return;
        }
        if (!TYPES.contains(command.type())) {
            throw new DomainRejectionException(TokenRejections.TYPE_MALFORMED);
        }
        String name = checkedName(command.name());
        String description = checkedDescription(command.description());
        if (command.expiresAt() != null && !now.isBefore(command.expiresAt())) {
            throw new DomainRejectionException(TokenRejections.EXPIRY_IN_THE_PAST);
        }
        Instant latest = earliest(
                command.parent() == null ? null : command.parent().expiresAt(),
                parent == null ? null : find(parent).expiresAt());
        if (command.expiresAt() != null && latest != null && command.expiresAt().isAfter(latest)) {
            throw new DomainRejectionException(TokenRejections.expiryBeyondParent(latest));
        }
        List<String> scopes = command.scopes() == null ? null : checkedScopes(command.scopes());
        makeRoom(command.organization(), max, now);
        apply(new TokenIssued(
                command.organization(),
                command.token(),
                command.user(),
                command.type(),
                personalData.seal(command.user(), name),
                personalData.seal(command.user(), description),
                command.tokenHash(),
                command.expiresAt() == null ? latest : command.expiresAt(),
                scopes,
                parent,
                command.parent() == null ? null : command.parent().session()));
    }

    private void makeRoom(UUID organization, int max, Instant now) {
        int tooMany = unrevoked.size() + 1 - max;
        if (tooMany <= 0) {
            return;
        }
        List<UUID> useless = unrevoked.entrySet().stream()
                .filter(entry -> !entry.getValue().active() || entry.getValue().expired(now))
                .map(Map.Entry::getKey)
                .limit(tooMany)
                .toList();
        if (useless.size() < tooMany) {
            throw new DomainRejectionException(TokenRejections.tooManyTokens(max));
        }
        // What was made with one of them goes with it.
        useless.stream().filter(unrevoked::containsKey).forEach(token -> revoke(organization, token, "LIMIT"));
    }

    public void edit(EditToken command, PersonalDataCipher personalData) {
        Token was = find(command.token());
        UUID user = was.user();
        String name = command.name() == null ? null : checkedName(command.name());
        String description = command.description() == null ? null : checkedDescription(command.description());
        if (personalData.open(user, was.encryptedName()) == null) {
            // Encrypting another name would make a key for the user again.
            throw new DomainRejectionException(TokenRejections.MAKER_ERASED);
        }
        String encryptedName = changed(user, was.encryptedName(), name, personalData);
        String encryptedDescription = changed(user, was.encryptedDescription(), description, personalData);
        if (!Objects.equals(encryptedName, was.encryptedName())
                || !Objects.equals(encryptedDescription, was.encryptedDescription())) {
            apply(new TokenEdited(command.organization(), command.token(), user, encryptedName, encryptedDescription));
        }
    }

    /** The encrypted text as it was, where {@code next} is null or says the same. */
    private static @Nullable String changed(
            UUID user, @Nullable String was, @Nullable String next, PersonalDataCipher personalData) {
        return next == null || next.equals(personalData.open(user, was)) ? was : personalData.seal(user, next);
    }

    /** Revokes what was made with the token as well. */
    public void revoke(UUID organization, UUID token) {
        if (!revoked.contains(token)) {
            revoke(organization, token, "REVOKED");
        }
    }

    private void revoke(UUID organization, UUID token, String reason) {
        Map<UUID, UUID> parents = new HashMap<>();
        unrevoked.forEach((child, it) -> {
            if (it.parent() != null) {
                parents.put(child, it.parent());
            }
        });
        Descendants.of(token, parents)
                .forEach(each -> apply(new TokenRevoked(
                        organization, each, find(each).user(), each.equals(token) ? reason : "PARENT_REVOKED")));
    }

    /** Deactivating an organization revokes its API tokens (R21). */
    public void revokeAll(UUID organization) {
        List.copyOf(unrevoked.keySet())
                .forEach(token ->
                        apply(new TokenRevoked(organization, token, find(token).user(), "DEACTIVATION")));
    }

    /** R17: in the same act as what ends the membership. */
    public void deactivateThoseOf(UUID organization, UUID user, String reason) {
        those(user, true).forEach(token -> apply(new TokenDeactivated(organization, token, user, reason)));
    }

    /** R17: in the same act as joining again; expired ones stay as they are. */
    public void reactivateThoseOf(UUID organization, UUID user, Instant now) {
        those(user, false).stream()
                .filter(token -> !find(token).expired(now))
                .forEach(token -> apply(new TokenReactivated(organization, token, user)));
    }

    private List<UUID> those(UUID user, boolean active) {
        return unrevoked.entrySet().stream()
                .filter(entry ->
                        entry.getValue().user().equals(user) && entry.getValue().active() == active)
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    private Token find(UUID token) {
        Token found = unrevoked.get(token);
        if (found == null) {
            throw new DomainRejectionException(TokenRejections.NO_SUCH_TOKEN);
        }
        return found;
    }

    private static @Nullable Instant earliest(@Nullable Instant one, @Nullable Instant other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.isBefore(other) ? one : other;
    }

    private static String checkedName(String text) {
        String name = text.strip();
        if (name.length() < 2 || name.length() > 128 || !DisplayText.isVisible(name) || !DisplayText.isLine(name)) {
            throw new DomainRejectionException(TokenRejections.NAME_MALFORMED);
        }
        return name;
    }

    private static String checkedDescription(String description) {
        if (description.length() > 1024 || !DisplayText.isText(description)) {
            throw new DomainRejectionException(TokenRejections.DESCRIPTION_MALFORMED);
        }
        return description;
    }

    private static List<String> checkedScopes(List<String> scopes) {
        if (scopes.isEmpty() || !SCOPES.containsAll(scopes)) {
            throw new DomainRejectionException(TokenRejections.scopesMalformed(String.join(", ", SCOPES)));
        }
        return scopes.stream().distinct().sorted().toList();
    }

    /** For a snapshot. {@code tokens} are in the order in which they were issued. */
    public record State(Map<UUID, Token> tokens, List<UUID> revoked) {}

    public State state() {
        return new State(new LinkedHashMap<>(unrevoked), revoked.list());
    }

    public void restore(State state) {
        unrevoked.putAll(state.tokens());
        revoked.restore(state.revoked());
    }

    @EventSourcingHandler
    void on(TokenIssued event) {
        unrevoked.put(
                event.token(),
                new Token(
                        event.user(),
                        true,
                        event.encryptedName(),
                        event.encryptedDescription(),
                        event.expiresAt(),
                        event.scopes() != null,
                        event.parentToken()));
    }

    @EventSourcingHandler
    void on(TokenEdited event) {
        unrevoked.computeIfPresent(
                event.token(),
                (id, was) -> new Token(
                        was.user(),
                        was.active(),
                        event.encryptedName(),
                        event.encryptedDescription(),
                        was.expiresAt(),
                        was.limited(),
                        was.parent()));
    }

    @EventSourcingHandler
    void on(TokenDeactivated event) {
        unrevoked.computeIfPresent(event.token(), (id, was) -> was.active(false));
    }

    @EventSourcingHandler
    void on(TokenReactivated event) {
        unrevoked.computeIfPresent(event.token(), (id, was) -> was.active(true));
    }

    @EventSourcingHandler
    void on(TokenRevoked event) {
        unrevoked.remove(event.token());
        revoked.add(event.token());
    }
}
