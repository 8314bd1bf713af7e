package io.guildhall.api.token;

import io.guildhall.api.query.QueryDispatcher;
import io.guildhall.api.security.Caller;
import io.guildhall.api.security.OrganizationAccess;
import io.guildhall.api.security.PathResource;
import io.guildhall.api.security.Permission;
import io.guildhall.api.security.RequiresPermission;
import io.guildhall.api.validation.OneOf;
import io.guildhall.api.web.CommandExecutor;
import io.guildhall.api.web.EmptyResponse;
import io.guildhall.api.web.PageParameters;
import io.guildhall.api.web.UpdateMask;
import io.guildhall.domain.shared.DomainRejectionException;
import io.guildhall.domain.token.TokenCommand.EditToken;
import io.guildhall.domain.token.TokenCommand.RevokeToken;
import io.guildhall.domain.token.TokenRejections;
import io.guildhall.query.token.FindRevokedToken;
import io.guildhall.query.token.FindToken;
import io.guildhall.query.token.ListTokens;
import io.guildhall.query.token.ListTokensAsOf;
import io.guildhall.query.token.TokenPage;
import io.guildhall.query.token.TokenView;
import jakarta.validation.constraints.PastOrPresent;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** R18. API tokens are {@code credentials} on the wire. */
@RestController
class TokenEndpoint implements PathResource {

    /** Clients of the contract send it when they want tokens of both types. */
    private static final String ANY_TYPE = "INVALID";

    private final QueryDispatcher queries;
    private final CommandExecutor commandExecutor;
    private final OrganizationAccess organizations;

    TokenEndpoint(QueryDispatcher queries, CommandExecutor commandExecutor, OrganizationAccess organizations) {
        this.organizations = organizations;
        this.queries = queries;
        this.commandExecutor = commandExecutor;
    }

    record Credential(TokenView credential) {}

    record Description(@Nullable String name, @Nullable String description) {}

    /**
     * @param asOf an RFC 3339 time: the tokens that there were then, with the names and in the states of then, and with what
     *     happened at that very moment
     */
    @GetMapping("/v1/credentials")
    @RequiresPermission(Permission.TOKENS_READ)
    TokenPage list(
            @RequestParam(defaultValue = ANY_TYPE) @OneOf("INVALID, USER, ORGANIZATION") String type,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(name = "organization_id", required = false) @Nullable UUID asked,
            @RequestParam(name = "user_id", required = false) @Nullable UUID maker,
            @RequestParam(name = "as_of", required = false) @PastOrPresent @Nullable Instant asOf,
            PageParameters page,
            Caller caller) {
        organizations.requireIsCurrent(caller, asked);
        String wantedType = type.equals(ANY_TYPE) ? null : type;
        String wantedName = name.isEmpty() ? null : name;
        UUID organization = caller.organization();
        return queries.ask(
                asOf == null
                        ? new ListTokens(organization, wantedType, wantedName, maker, page.limit(), page.offset())
                        : new ListTokensAsOf(
                                organization, wantedType, wantedName, maker, asOf, page.limit(), page.offset()),
                TokenPage.class);
    }

    @GetMapping("/v1/credentials/{id}")
    @RequiresPermission(Permission.TOKENS_READ)
    Credential show(@PathVariable UUID id, Caller caller) {
        return new Credential(find(id, caller));
    }

    @RequestMapping(
            path = "/v1/credentials/{id}",
            method = {RequestMethod.PUT, RequestMethod.PATCH})
    @RequiresPermission(value = Permission.TOKENS_WRITE, resource = TokenEndpoint.class)
    Credential describe(
            @PathVariable UUID id,
            @RequestBody
                    @UpdateMask(
                            ignored = {
                                "id",
                                "type",
                                "token",
                                "user_id",
                                "organization_id",
                                "created_at",
                                "updated_at",
                                "expires_at",
                                "scopes"
                            })
                    Description body,
            Caller caller) {
        commandExecutor.perform(new EditToken(caller.organization(), id, body.name(), body.description()), caller);
        return new Credential(find(id, caller));
    }

    @DeleteMapping("/v1/credentials/{id}")
    @RequiresPermission(Permission.TOKENS_WRITE)
    EmptyResponse revoke(@PathVariable UUID id, Caller caller) {
        try {
            commandExecutor.perform(new RevokeToken(caller.organization(), id), caller);
        } catch (DomainRejectionException refused) {
            // The organization remembers the latest revoked tokens alone; revoking an older one again is silence, too.
            if (!(refused.rejection().is(TokenRejections.NO_SUCH_TOKEN))
                    || queries.find(new FindRevokedToken(caller.organization(), id), TokenView.class) == null) {
                throw refused;
            }
        }
        return EmptyResponse.INSTANCE;
    }

    @Override
    public void require(UUID id, Caller caller) {
        find(id, caller);
    }

    private TokenView find(UUID id, Caller caller) {
        return queries.require(new FindToken(caller.organization(), id), TokenView.class, "API token");
    }
}
