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

/** The API tokens of an organization. */
public class Tokens {

    /** The scope for reading the organization's trail. */
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

    /** Oldest first. */
    private final Map<UUID, Token> unrevoked = new LinkedHashMap<>();

    private final RecentIds revoked = new RecentIds();

    public boolean isActive(UUID token, Instant now) {
        Token found = unrevoked.get(token);
        return found != null && found.active() && !found.expired(now);
    }

    /** Returns the creator of a token. */
    public UUID userOf(UUID token) {
        return find(token).user();
    }

    /** Rejects a token with scopes: no existing scope allows changes. */
    public void requireUnlimited(UUID token) {
        Token found = unrevoked.get(token);
        if (found != null && found.limited()) {
            throw new DomainRejectionException(TokenRejections.INSUFFICIENT_SCOPE);
        }
    }

    /**
     * Issues a token. Revokes the oldest tokens that no longer work if there would be more than {@code max}.
     *
     * @param parent the API token with which the new one is created, directly or through a session; or null
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
        int excess = unrevoked.size() + 1 - max;
        if (excess <= 0) {
            return;
        }
        List<UUID> unusable = unrevoked.entrySet().stream()
                .filter(entry -> !entry.getValue().active() || entry.getValue().expired(now))
                .map(Map.Entry::getKey)
                .limit(excess)
                .toList();
        if (unusable.size() < excess) {
            throw new DomainRejectionException(TokenRejections.tooManyTokens(max));
        }
        // Revoking a token also revokes its descendants.
        unusable.stream().filter(unrevoked::containsKey).forEach(token -> revoke(organization, token, "LIMIT"));
    }

    public void edit(EditToken command, PersonalDataCipher personalData) {
        Token current = find(command.token());
        UUID user = current.user();
        String name = command.name() == null ? null : checkedName(command.name());
        String description = command.description() == null ? null : checkedDescription(command.description());
        if (personalData.open(user, current.encryptedName()) == null) {
            // Encrypting a new name would create a key for the erased user.
            throw new DomainRejectionException(TokenRejections.MAKER_ERASED);
        }
        String encryptedName = changed(user, current.encryptedName(), name, personalData);
        String encryptedDescription = changed(user, current.encryptedDescription(), description, personalData);
        if (!Objects.equals(encryptedName, current.encryptedName())
                || !Objects.equals(encryptedDescription, current.encryptedDescription())) {
            apply(new TokenEdited(command.organization(), command.token(), user, encryptedName, encryptedDescription));
        }
    }

    /** Returns the unchanged encrypted text if {@code next} is null or equal to the current text. */
    private static @Nullable String changed(
            UUID user, @Nullable String current, @Nullable String next, PersonalDataCipher personalData) {
        return next == null || next.equals(personalData.open(user, current)) ? current : personalData.seal(user, next);
    }

    /** Revokes a token and all tokens created with it. */
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

    /** Revokes all tokens (R21: deactivating an organization deletes its API tokens). */
    public void revokeAll(UUID organization) {
        List.copyOf(unrevoked.keySet())
                .forEach(token ->
                        apply(new TokenRevoked(organization, token, find(token).user(), "DEACTIVATION")));
    }

    /** Deactivates a user's tokens when the membership ends (R17: in the same act). */
    public void deactivateAllOf(UUID organization, UUID user, String reason) {
        tokensOf(user, true).forEach(token -> apply(new TokenDeactivated(organization, token, user, reason)));
    }

    /** Reactivates a user's tokens when the user joins again (R17: except revoked and expired ones). */
    public void reactivateAllOf(UUID organization, UUID user, Instant now) {
        tokensOf(user, false).stream()
                .filter(token -> !find(token).expired(now))
                .forEach(token -> apply(new TokenReactivated(organization, token, user)));
    }

    private List<UUID> tokensOf(UUID user, boolean active) {
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

    /**
     * For snapshots.
     *
     * @param tokens in the order in which they were issued
     */
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
                (id, current) -> new Token(
                        current.user(),
                        current.active(),
                        event.encryptedName(),
                        event.encryptedDescription(),
                        current.expiresAt(),
                        current.limited(),
                        current.parent()));
    }

    @EventSourcingHandler
    void on(TokenDeactivated event) {
        unrevoked.computeIfPresent(event.token(), (id, current) -> current.active(false));
    }

    @EventSourcingHandler
    void on(TokenReactivated event) {
        unrevoked.computeIfPresent(event.token(), (id, current) -> current.active(true));
    }

    @EventSourcingHandler
    void on(TokenRevoked event) {
        unrevoked.remove(event.token());
        revoked.add(event.token());
    }
}
