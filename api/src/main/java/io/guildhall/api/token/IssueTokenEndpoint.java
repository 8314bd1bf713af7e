package io.guildhall.api.token;

import io.guildhall.api.query.QueryDispatcher;
import io.guildhall.api.security.Caller;
import io.guildhall.api.security.OrganizationAccess;
import io.guildhall.api.security.Permission;
import io.guildhall.api.security.RequiresPermission;
import io.guildhall.api.web.CommandExecutor;
import io.guildhall.domain.token.TokenCommand.IssueToken;
import io.guildhall.infrastructure.encryption.TokenCodec;
import io.guildhall.infrastructure.idempotency.IdempotentExecution;
import io.guildhall.query.token.FindToken;
import io.guildhall.query.token.TokenView;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
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
class IssueTokenEndpoint {

    private final TokenCodec format;
    private final QueryDispatcher queries;
    private final CommandExecutor commandExecutor;
    private final OrganizationAccess organizations;

    IssueTokenEndpoint(
            TokenCodec format,
            QueryDispatcher queries,
            CommandExecutor commandExecutor,
            OrganizationAccess organizations) {
        this.organizations = organizations;
        this.format = format;
        this.queries = queries;
        this.commandExecutor = commandExecutor;
    }

    /** @param scopes our addition to the contract: what alone the token is good for, {@code activities:read}; everything without */
    record Wish(
            @NotNull String name,
            @Nullable String description,
            @NotNull String type,
            @Nullable UUID organizationId,
            @Nullable Instant expiresAt,
            @Nullable List<String> scopes) {}

    record Issued(IssuedToken credential) {}

    @PostMapping("/v1/credentials")
    @RequiresPermission(Permission.TOKENS_ISSUE)
    Issued issue(@Valid @RequestBody Wish wish, Caller caller) {
        organizations.requireIsCurrent(caller, wish.organizationId());
        UUID id = IdempotentExecution.newId("token-id");
        String value = format.newToken(
                TokenCodec.Kind.API, IdempotentExecution.newSecret("api-token", TokenCodec.SECRET_BYTES));
        commandExecutor.perform(
                new IssueToken(
                        caller.organization(),
                        id,
                        caller.user(),
                        wish.type(),
                        wish.name(),
                        wish.description() == null ? "" : wish.description(),
                        TokenCodec.hash(value),
                        wish.expiresAt(),
                        wish.scopes(),
                        caller.isBound() ? caller.credential() : null),
                caller);
        return new Issued(new IssuedToken(
                queries.require(new FindToken(caller.organization(), id), TokenView.class, "API token"), value));
    }
}
