package io.guildhall.api.token;

import io.guildhall.api.query.QueryDispatcher;
import io.guildhall.api.security.Caller;
import io.guildhall.api.security.OrganizationAccess;
import io.guildhall.api.security.PathResource;
import io.guildhall.api.security.Permission;
import io.guildhall.api.security.RequiresPermission;
import io.guildhall.api.web.CommandExecutor;
import io.guildhall.api.web.EmptyResponse;
import io.guildhall.api.web.FieldMask;
import io.guildhall.api.web.PageParameters;
import io.guildhall.api.web.RequestValidation;
import io.guildhall.api.web.TimestampParser;
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
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

    private static final List<String> TYPES = List.of("INVALID", "USER", "ORGANIZATION");

    /** What clients put into masks when they send a whole credential back. */
    private static final List<String> NOT_CHANGED = List.of(
            "id", "type", "token", "user_id", "organization_id", "created_at", "updated_at", "expires_at", "scopes");

    private final QueryDispatcher queries;
    private final CommandExecutor commandExecutor;
    private final OrganizationAccess organizations;
    private final Clock clock;

    TokenEndpoint(
            QueryDispatcher queries, CommandExecutor commandExecutor, OrganizationAccess organizations, Clock clock) {
        this.organizations = organizations;
        this.queries = queries;
        this.commandExecutor = commandExecutor;
        this.clock = clock;
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
            @RequestParam(required = false) @Nullable String type,
            @RequestParam(required = false) @Nullable String name,
            @RequestParam(name = "organization_id", required = false) @Nullable UUID asked,
            @RequestParam(name = "user_id", required = false) @Nullable UUID maker,
            @RequestParam(name = "as_of", required = false) @Nullable String asOf,
            PageParameters pageParameters,
            Caller caller) {
        Instant moment = TimestampParser.past("as_of", asOf, clock.instant());
        organizations.requireIsCurrent(caller, asked);
        RequestValidation.all("type", type == null || type.isEmpty() ? null : List.of(type), TYPES);
        boolean anyType = type == null || type.isEmpty() || type.equals("INVALID");
        String wantedType = anyType ? null : type;
        String wantedName = name == null || name.isEmpty() ? null : name;
        UUID organization = caller.organization();
        return queries.ask(
                moment == null
                        ? new ListTokens(
                                organization,
                                wantedType,
                                wantedName,
                                maker,
                                pageParameters.limit(),
                                pageParameters.offset())
                        : new ListTokensAsOf(
                                organization,
                                wantedType,
                                wantedName,
                                maker,
                                moment,
                                pageParameters.limit(),
                                pageParameters.offset()),
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
            @RequestBody Description body,
            @RequestParam(name = "update_mask", required = false) @Nullable String mask,
            Caller caller) {
        Map<String, @Nullable String> fields = new LinkedHashMap<>();
        fields.put("name", body.name());
        fields.put("description", body.description());
        Map<String, @Nullable String> changes = FieldMask.changes(mask, fields, NOT_CHANGED);
        commandExecutor.perform(
                new EditToken(caller.organization(), id, text(changes, "name"), text(changes, "description")), caller);
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

    private static @Nullable String text(Map<String, @Nullable String> changes, String field) {
        String value = changes.get(field);
        return value == null && changes.containsKey(field) ? "" : value;
    }
}
