package io.guildhall.api;

import static java.util.concurrent.CompletableFuture.completedFuture;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.willAnswer;
import static org.mockito.Mockito.atLeastOnce;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.request;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import io.guildhall.api.ratelimit.ActionRateLimiter;
import io.guildhall.api.security.RequestRateLimiter;
import io.guildhall.domain.shared.ActorContext;
import io.guildhall.domain.shared.DomainRejectionException;
import io.guildhall.domain.shared.PersonalDataCipher;
import io.guildhall.domain.shared.Rejection;
import io.guildhall.infrastructure.command.CommandDispatcher;
import io.guildhall.infrastructure.command.ReadModelProgress;
import io.guildhall.infrastructure.datadirectory.DataDirectory;
import io.guildhall.infrastructure.encryption.SignedLinkCodec;
import io.guildhall.infrastructure.encryption.TokenCodec;
import io.guildhall.infrastructure.idempotency.IdempotencyStore;
import io.guildhall.infrastructure.jobs.JobScheduler;
import io.guildhall.query.organization.OrganizationView;
import io.guildhall.query.organization.PublicOrganizationView;
import io.guildhall.query.session.BearerTokenLookup;
import io.guildhall.query.session.CallerView;
import io.guildhall.query.session.SignInLastUse;
import io.guildhall.query.token.TokenUsageRecorder;
import io.guildhall.query.user.PublicUserView;
import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.axonframework.messaging.responsetypes.ResponseType;
import org.axonframework.queryhandling.QueryGateway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.mockito.ArgumentCaptor;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;
import org.springframework.test.web.servlet.ResultMatcher;

/**
 * Calls endpoints through the filters, the interceptors and the error handling of the service. Commands, queries, tokens and limits are
 * mocked: there is neither a database nor a domain. All subclasses that mock nothing else share one application context.
 */
@WebMvcTest(useDefaultFilters = false)
@Import(EndpointSliceConfiguration.class)
public abstract class EndpointSlice {

    /** The current organization of all callers. */
    public static final String OWN = "00000000-0000-4000-8000-000000000001";

    /** An organization of others, and anything that is in none or in that one. */
    public static final String FOREIGN = "00000000-0000-4000-8000-00000000000f";

    public static final UUID ORGANIZATION = UUID.fromString(OWN);
    public static final UUID USER = UUID.fromString("00000000-0000-4000-8000-000000000002");
    public static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");

    /** Whose token a request has. */
    protected enum By {
        NOBODY(null, true, null),
        /** An interactive session. */
        SESSION("SESSION", true, null),
        USER_TOKEN("USER", true, null),
        ORGANIZATION_TOKEN("ORGANIZATION", true, null),
        /** An API token that can read activities and nothing else. */
        SCOPED_TOKEN("USER", true, List.of("activities:read")),
        /** The interactive session of a person whose membership has ended. */
        FORMER_MEMBER("SESSION", false, null);

        private final @Nullable String kind;
        private final boolean member;
        private final @Nullable List<String> scopes;

        By(@Nullable String kind, boolean member, @Nullable List<String> scopes) {
            this.kind = kind;
            this.member = member;
            this.scopes = scopes;
        }
    }

    @MockitoBean
    protected CommandDispatcher commands;

    @MockitoBean
    protected ActionRateLimiter limiter;

    @MockitoBean
    protected JobScheduler jobs;

    @Autowired
    protected SignedLinkCodec links;

    @MockitoBean
    private QueryGateway queries;

    @MockitoBean
    private BearerTokenLookup callers;

    @MockitoBean
    private RequestRateLimiter requests;

    @MockitoBean
    private PersonalDataCipher personalData;

    @MockitoBean
    private ReadModelProgress readModelProgress;

    @MockitoBean
    private IdempotencyStore idempotency;

    @MockitoBean
    private DataDirectory home;

    @MockitoBean
    private TokenUsageRecorder tokenUsage;

    @MockitoBean
    private SignInLastUse signInLastUse;

    @Autowired
    private MockMvc http;

    @Autowired
    private TokenCodec tokens;

    private final Map<Object, Object> answers = new HashMap<>();

    @BeforeEach
    void prepare() {
        given(queries.query(any(), any(ResponseType.class)))
                .willAnswer(asked -> completedFuture(answer(asked.getArgument(0))));
        given(commands.send(any(), any())).willReturn(new CommandDispatcher.CommandResult(7));
        given(personalData.emailHash(any())).willAnswer(asked -> "hash of " + asked.getArgument(0));
        willAnswer(counted -> {
                    counted.<Runnable>getArgument(1).run();
                    return null;
                })
                .given(limiter)
                .counted(any(), any());
        for (By caller : By.values()) {
            String hash = TokenCodec.hash(token(caller));
            if (caller == By.SESSION || caller == By.FORMER_MEMBER) {
                given(callers.findSession(hash)).willReturn(view(caller));
            } else if (caller != By.NOBODY) {
                given(callers.findToken(hash)).willReturn(view(caller));
            }
        }
    }

    private String token(By caller) {
        byte[] secret = new byte[TokenCodec.SECRET_BYTES];
        secret[0] = (byte) caller.ordinal();
        return tokens.newToken("SESSION".equals(caller.kind) ? TokenCodec.Kind.SESSION : TokenCodec.Kind.API, secret);
    }

    private static CallerView view(By caller) {
        return new CallerView(
                String.valueOf(caller.kind),
                new UUID(0, caller.ordinal()),
                caller == By.ORGANIZATION_TOKEN ? null : USER,
                ORGANIZATION,
                null,
                caller.member,
                "ACTIVE",
                false,
                Instant.MAX,
                caller.scopes,
                "SESSION".equals(caller.kind),
                null,
                null,
                null,
                organization());
    }

    /** @param body null for none */
    protected ResultActions call(By caller, String method, String path, @Nullable String body) throws Exception {
        URI address = URI.create(path);
        // As Tomcat has it for the dispatcher at /.
        var request = request(HttpMethod.valueOf(method), address).servletPath(address.getPath());
        if (caller != By.NOBODY) {
            request.header(HttpHeaders.AUTHORIZATION, "Bearer " + token(caller));
        }
        if (body != null) {
            request.contentType(MediaType.APPLICATION_JSON).content(body);
        }
        return http.perform(request);
    }

    protected ResultActions call(String method, String path, @Nullable String body) throws Exception {
        return call(By.SESSION, method, path, body);
    }

    protected ResultActions get(String path) throws Exception {
        return call("GET", path, null);
    }

    /** @param type the last part of the problem's type */
    protected static ResultMatcher problem(int status, String type) {
        return reply -> {
            status().is(status).match(reply);
            jsonPath("$.status").value(status).match(reply);
            jsonPath("$.type").value("/problems/" + type).match(reply);
        };
    }

    /** A 400 that names the parameter, or the field of the body. */
    protected static ResultMatcher invalid(String field) {
        return reply -> {
            status().isBadRequest().match(reply);
            jsonPath("$.code").value("invalid_argument").match(reply);
            jsonPath("$.fields[0].field").value(field).match(reply);
            jsonPath("$.fields[0].description").isNotEmpty().match(reply);
        };
    }

    /**
     * The read models answer this query from now on. They answer no other.
     *
     * @param query or its class, for a query by an id that the endpoint makes
     */
    protected void answer(Object query, Object view) {
        answers.put(query, view);
    }

    private @Nullable Object answer(Object query) {
        return answers.getOrDefault(query, answers.get(query.getClass()));
    }

    /** The domain rejects each command. */
    protected void reject(Rejection rejection) {
        given(commands.send(any(), any())).willThrow(new DomainRejectionException(rejection));
    }

    /** The command of the call. */
    protected <C> C sent(Class<C> type) {
        ArgumentCaptor<Object> command = ArgumentCaptor.captor();
        verify(commands, atLeastOnce()).send(command.capture(), any(ActorContext.class));
        return type.cast(command.getValue());
    }

    protected void nothingSent() {
        verify(commands, never()).send(any(), any());
    }

    public static OrganizationView organization() {
        return new OrganizationView(
                OWN, "", "acme", "starter", NOON, "ACTIVE", "VALID", "", true, false, false, "", "", "", null, false,
                List.of(), "", "", "", "", "", "", "", "", "", false, "", null);
    }

    public static PublicOrganizationView publicOrganization() {
        return new PublicOrganizationView(OWN, "", "acme", "starter", "ACTIVE");
    }

    public static PublicUserView publicUser() {
        return new PublicUserView(USER.toString(), "ada@example.com", "Ada", "", "", "");
    }
}
