package io.guildhall.api.token;

import io.guildhall.api.secret.TokenFormat;
import io.guildhall.api.turn.Turn;
import io.guildhall.api.web.Acts;
import io.guildhall.api.web.Caller;
import io.guildhall.api.web.Choices;
import io.guildhall.api.web.Permission;
import io.guildhall.api.web.Permitted;
import io.guildhall.api.web.Queries;
import io.guildhall.api.web.Who;
import io.guildhall.domain.token.TokenCommand.IssueToken;
import io.guildhall.query.token.FindToken;
import io.guildhall.query.token.TokenView;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/**
 * Makes an API token, and shows its value this once (R18). A bound token makes one that lasts no longer than itself (R17a); an
 * organization's token makes none, since it is no person.
 */
@RestController
class IssuingEndpoint {

    private final TokenFormat format;
    private final Queries queries;
    private final Acts acts;

    IssuingEndpoint(TokenFormat format, Queries queries, Acts acts) {
        this.format = format;
        this.queries = queries;
        this.acts = acts;
    }

    /** @param scopes our addition to the contract: what alone the token is good for, {@code activities:read}; everything without */
    record Wish(
            @Nullable String name,
            @Nullable String description,
            @Nullable String type,
            @Nullable String organizationId,
            @Nullable Instant expiresAt,
            @Nullable List<String> scopes) {}

    record Issued(IssuedToken credential) {}

    @PostMapping("/v1/credentials")
    @Permitted(value = Who.MEMBER, needs = Permission.TOKENS_WRITE, person = true)
    Issued issue(@RequestBody Wish wish, Caller caller) {
        Current.require(wish.organizationId(), caller);
        UUID id = Turn.newId();
        String value = format.newToken(TokenFormat.Kind.API, Turn.current().random());
        acts.perform(
                new IssueToken(
                        caller.organization(),
                        id,
                        caller.user(),
                        Choices.required("type", wish.type()),
                        Choices.required("name", wish.name()),
                        wish.description() == null ? "" : wish.description(),
                        TokenFormat.hash(value),
                        wish.expiresAt(),
                        wish.scopes(),
                        caller.isBound() ? caller.credential() : null),
                caller);
        return new Issued(new IssuedToken(
                queries.require(new FindToken(caller.organization(), id), TokenView.class, "API token"), value));
    }
}
