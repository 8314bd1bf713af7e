package io.guildhall.acceptance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.guildhall.acceptance.OtlpReceiver.Span;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a process logs and which spans it sends while people act, are refused, and meet mistakes of ours: ids by which it can be
 * followed, and nothing that tells who somebody is or opens anything (R20).
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("e2e")
class LogsAndTracesTest {

    private static final String REQUEST = "X-Request-Id";
    private static final String FROM = "X-Forwarded-For";
    private static final String ADDRESS = "203.0.113.77";
    private static final String REASON = "unpaid-since-april";
    private static final Duration SENT_WITHIN = Duration.ofSeconds(20);

    private final OtlpReceiver otlpReceiver = new OtlpReceiver();
    private final ServiceProcesses service = ServiceProcesses.with(
                    "--logging.structured.format.console=ecs",
                    "--logging.level.io.guildhall=debug",
                    "--management.opentelemetry.tracing.export.otlp.endpoint=" + otlpReceiver.endpoint(),
                    "--management.opentelemetry.tracing.export.schedule-delay=200ms",
                    "--management.tracing.sampling.probability=1.0",
                    // So that the address of a caller is one that is nobody else's.
                    "--server.forward-headers-strategy=native")
            .started(1);
    private final Client client = service.get(0).client();
    private final JdbcClient sql = JdbcClient.create(service.database());

    /** Names, addresses, passwords, tokens and what opens a mailed link. */
    private final Set<String> secrets = new TreeSet<>(Set.of(ADDRESS, REASON, Client.PASSWORD));

    private TestUser creator;
    private String organization;
    private TestUser member;
    private TestUser.Token token;

    @BeforeAll
    void act() {
        TestUser ada = known(client.newcomer());
        secrets.add(client.mailbox().link(ada.email(), Mailbox.VALIDATION).id());
        creator = known(ada.creator("starter"));
        organization = creator.organization();
        secrets.add("billing@example.org");
        TestUser bob = known(client.signUp(Client.unusedEmail()));
        creator.client()
                .post("/v1/organization_invitations", Map.of("email", bob.email()), REQUEST, "inviting", FROM, ADDRESS)
                .ok();
        String link = client.mailbox().link(bob.email(), Mailbox.INVITATION).id();
        secrets.add(link);
        client.get("/v1/invitation_links/" + link).ok();
        bob.accept(link).ok();
        member = known(bob.in(organization));
        token = member.token("USER");
        secrets.add(token.value());
        client.as(token.value())
                .post("/v1/organization_invitations", Map.of("email", member.email()), REQUEST, "again")
                .refused(400);
        creator.remove(member.membership()).ok();
        client.as(token.value())
                .get("/v1/activities?search=" + member.email(), REQUEST, "removed")
                .refused(403);

        beRefused();
        runInto();
        Client operator = service.operator(0);
        secrets.add(String.valueOf(operator.bearer()));
        operator.get("/operator/v1/users?email=" + bob.email()).ok();
        operator.post(
                        "/operator/v1/organizations/" + organization + "/lock",
                        Map.of("reason", REASON),
                        REQUEST,
                        "locking")
                .ok();
        operator.post("/operator/v1/users/" + bob.id() + "/erase").ok();
        service.get(0).client().get("/v1/account/profile", REQUEST, "last").refused(401);
    }

    private TestUser known(TestUser testUser) {
        secrets.addAll(List.of(testUser.name(), testUser.email(), testUser.session()));
        return testUser;
    }

    private void beRefused() {
        String wrong = "wrong-horse-battery";
        String nobody = Client.unusedEmail();
        secrets.addAll(List.of(wrong, nobody));
        Map<String, String> guess = Map.of("email", creator.email(), "password", wrong);
        client.post("/v1/account/login", guess, FROM, ADDRESS).refused(401);
        client.post("/v1/account/login", Map.of("email", nobody, "password", wrong), FROM, ADDRESS)
                .refused(401);
        client.post("/v1/account/login", "{\"email\":\"" + nobody + "\",\"password\":{\"" + wrong + "\"", FROM, ADDRESS)
                .refused(400);
        client.as(wrong + "-token").get("/v1/account/profile", FROM, ADDRESS).refused(401);
        client.as(wrong).post("/operator/v1/mails/retry").refused(401);
        client.get("/v1/" + nobody + "/" + wrong).refused(404);
        for (String link : List.copyOf(secrets)) {
            if (link.matches("[A-Za-z0-9_-]{43}")) {
                client.post("/v1/account/validate/" + link);
                client.get("/v1/invitation_links/" + link);
            }
        }
        client.post("/v1/account/reset_password", Map.of("email", creator.email()), FROM, ADDRESS)
                .ok();
        secrets.add(client.mailbox().link(creator.email(), Mailbox.RESET).id());
    }

    /** Mistakes of ours, each with somebody's data in what failed. */
    private void runInto() {
        breaking("alter table users add constraint none check (false) not valid", () -> {
            TestUser third = client.signUp(Client.unusedEmail());
            known(third);
        });
        sql.sql("alter table users drop constraint none").update();
        String email = Client.unusedEmail();
        String name = "Grace " + email;
        secrets.addAll(List.of(email, name));
        breaking(
                "alter table personal_keys rename to elsewhere",
                () -> client.post(
                                "/v1/account/signup",
                                Map.of("email", email, "name", name, "password", Client.PASSWORD),
                                REQUEST,
                                "broken",
                                FROM,
                                ADDRESS)
                        .refused(500));
        sql.sql("alter table elsewhere rename to personal_keys").update();
        breaking(
                "alter table activities rename to elsewhere",
                () -> creator.client()
                        .get("/v1/activities?search=" + email, REQUEST, "unread", FROM, ADDRESS)
                        .refused(500));
        sql.sql("alter table elsewhere rename to activities").update();
    }

    private void breaking(String statement, Runnable call) {
        sql.sql(statement).update();
        call.run();
    }

    @AfterAll
    void close() {
        service.close();
        otlpReceiver.close();
    }

    @Test
    void eachLineIsJson() {
        assertThat(service.get(0).log())
                .hasSizeGreaterThan(20)
                .allSatisfy(line -> assertThat(JsonMapper.shared()
                                .readTree(line)
                                .path("message")
                                .asString())
                        .isNotEmpty());
    }

    @Test
    void linesSayForWhichRequestAndWhomAndWhere() {
        JsonNode inviting = line("inviting");
        assertThat(inviting.path("message").asString())
                .startsWith("POST /v1/organization_invitations was answered 200 after");
        assertThat(inviting.path("status").intValue()).isEqualTo(200);
        assertThat(inviting.path("actor").asString()).isEqualTo(creator.id());
        assertThat(inviting.path("organization").asString()).isEqualTo(organization);
        assertThat(inviting.has("token")).isFalse();

        JsonNode again = line("again");
        assertThat(again.path("actor").asString()).isEqualTo(member.id());
        assertThat(again.path("token").asString()).isEqualTo(token.id());
        assertThat(again.path("organization").asString()).isEqualTo(organization);

        assertThat(line("locking").path("actor").asString()).isEqualTo("operator");
        assertThat(line("last").has("actor"))
                .as("left over from another request")
                .isFalse();
    }

    @Test
    void mistakesOfOursAreLoggedWithTheirRequest() {
        for (String request : List.of("broken", "unread")) {
            assertThat(lines(request))
                    .as(request)
                    .anySatisfy(line -> {
                        assertThat(line.path("log").path("level").asString()).isEqualTo("ERROR");
                        assertThat(line.path("error").path("stack_trace").asString())
                                .contains("PSQLException");
                    })
                    .allSatisfy(
                            line -> assertThat(line.path("traceId").asString()).isNotEmpty());
        }
        assertThat(service.get(0).log())
                .as("what a projection could not take")
                .anyMatch(line -> line.contains("UsersProjection") || line.contains("users cannot project"));
    }

    @Test
    void nothingOfItIsPersonalOrSecret() {
        String log = String.join("\n", service.get(0).log());
        trace("inviting");
        String traces = String.join("\n", otlpReceiver.received());
        assertThat(log).contains(organization, creator.id());
        assertThat(traces).contains(organization, creator.id());
        assertThat(secrets).hasSizeGreaterThan(15).allSatisfy(secret -> {
            assertThat(linesWith(secret)).as("logged: " + secret).isEmpty();
            assertThat(traces).as("traced: " + secret).doesNotContain(new String(secret.getBytes(UTF_8), ISO_8859_1));
        });
        // Of whoever called without naming another address.
        assertThat(linesWith("127.0.0.1"))
                .filteredOn(line -> !line.contains("jdbc:"))
                .isEmpty();
        assertThat(traces).doesNotContain("127.0.0.1").doesNotContain("0:0:0:0:0:0:0:1");
    }

    @Test
    void aTraceLeadsFromTheRequestToTheProjections() {
        List<Span> trace = trace("inviting");

        Span request = trace.stream()
                .filter(span -> span.parent().isEmpty())
                .findFirst()
                .orElseThrow();
        assertThat(request.name()).isEqualTo("http post /v1/organization_invitations");
        assertThat(request.attributes())
                .containsEntry("guildhall.actor", creator.id())
                .containsEntry("guildhall.organization", organization);
        Span command = below(trace, request, "InviteMember");
        assertThat(command.attributes()).containsEntry("guildhall.outcome", "done");
        Span append = below(trace, command, "append");
        for (String handler : List.of("InvitationsProjection", "ActivitiesProjection", "MailEventHandler")) {
            assertThat(below(trace, append, handler).attributes()).containsEntry("guildhall.message", "MemberInvited");
        }
    }

    @Test
    void aTraceTellsWhyACommandWasRefused() {
        List<Span> trace = trace("again");

        assertThat(trace)
                .filteredOn(span -> span.name().equals("InviteMember"))
                .singleElement()
                .satisfies(command -> assertThat(command.attributes())
                        .containsEntry("guildhall.outcome", "refused")
                        .containsKey("guildhall.refusal"));
        assertThat(trace).noneMatch(span -> span.name().equals("append"));
    }

    private static Span below(List<Span> trace, Span parent, String name) {
        return trace.stream()
                .filter(span -> span.parent().equals(parent.id()) && span.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No " + name + " below " + parent + " in " + trace));
    }

    /** All spans of the trace that a request began, once the span of the request, the last to end, has come. */
    private List<Span> trace(String request) {
        String trace = await().atMost(SENT_WITHIN)
                .until(
                        () -> otlpReceiver.all().stream()
                                .filter(span -> span.parent().isEmpty()
                                        && request.equals(span.attributes().get("guildhall.request")))
                                .map(Span::trace)
                                .findFirst()
                                .orElse(""),
                        found -> !found.isEmpty());
        return otlpReceiver.all().stream()
                .filter(span -> span.trace().equals(trace))
                .toList();
    }

    private List<String> linesWith(String text) {
        String escaped = JsonMapper.shared().writeValueAsString(text);
        return service.get(0).log().stream()
                .filter(line -> line.contains(text) || line.contains(escaped.substring(1, escaped.length() - 1)))
                .toList();
    }

    private List<JsonNode> lines(String request) {
        return service.get(0).log().stream()
                .<JsonNode>map(JsonMapper.shared()::readTree)
                .filter(line -> line.path("request").asString().equals(request))
                .toList();
    }

    /** By which a request was answered. */
    private JsonNode line(String request) {
        return lines(request).stream()
                .filter(line -> line.path("message").asString().contains(" was answered "))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No line of " + request));
    }
}
