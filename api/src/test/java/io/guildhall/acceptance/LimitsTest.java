package io.guildhall.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** So many requests a minute, as configured by default: one limit over two processes, and no one's limit is used up by another. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("e2e")
class LimitsTest {

    private static final String PROFILE = "/v1/account/profile";
    private static final String ORGANIZATION = "/v1/account/organization";

    private final ServiceProcesses service = ServiceProcesses.with("--guildhall.throttle.requests-per-caller=400/1m")
            .started(2);
    private final Client here = service.get(0).client();
    private final Client there = service.get(1).client();

    @AfterAll
    void end() {
        service.close();
    }

    /** From before the first request to after the last less than a minute passes, or else a second window would begin. */
    @Test
    void aCallerAtTwoNodesGetsTheLimitWithinTenPerCent(TestReporter reporter) throws Exception {
        TestUser ada = here.newcomer().creator("starter");
        String token = ada.token("ORGANIZATION").value();

        List<Reply> replies = hammer(here.as(token), there.as(token), 900);

        long allowed = replies.stream().filter(Reply::isOk).count();
        reporter.publishEntry("of 400 allowed", Long.toString(allowed));
        assertThat(allowed).isBetween(360L, 440L);
        List<Reply> refused = replies.stream().filter(reply -> !reply.isOk()).toList();
        assertThat(refused).isNotEmpty().allSatisfy(reply -> {
            reply.refused(429);
            assertThat(reply.text("code")).isEqualTo("rate_limit_exceeded");
            assertThat(reply.text("type")).isEqualTo("/problems/rate-limit-exceeded");
            assertThat(reply.text("title")).isEqualTo("Too Many Requests");
            assertThat(number(reply, "Retry-After")).isBetween(1, 60);
            assertThat(number(reply, "x-ratelimit-reset")).isEqualTo(number(reply, "Retry-After"));
            assertThat(number(reply, "x-ratelimit-remaining")).isZero();
        });
        ada.client().get(PROFILE).ok();
        here.as(ada.token("ORGANIZATION").value()).get(ORGANIZATION).refused(429);
    }

    @Test
    void sessionsOfOnePersonShareOneLimit() throws Exception {
        TestUser ada = here.newcomer();
        TestUser again = ada.signedInAgain();

        hammer(ada.client(), ada.at(there.base()).client(), 600);

        again.client().get(PROFILE).refused(429);
        here.newcomer().client().get(PROFILE).ok();
    }

    @Test
    void moreTokensGiveAPersonNoMoreRequests() throws Exception {
        TestUser ada = here.newcomer().creator("starter");
        List<String> tokens =
                Stream.generate(() -> ada.token("USER").value()).limit(3).toList();

        List<Reply> replies = new ArrayList<>(hammer(here.as(tokens.get(0)), there.as(tokens.get(1)), 400));
        replies.addAll(hammer(here.as(tokens.get(2)), ada.client(), 400));

        assertThat(replies.stream().filter(Reply::isOk).count()).isBetween(350L, 440L);
        here.newcomer().client().get(PROFILE).ok();
    }

    @Test
    void everyReplySaysHowTheCallerStands() {
        TestUser ada = here.newcomer();
        Client known = ada.client();
        int before = number(known.get(PROFILE).ok(), "x-ratelimit-remaining");
        assertThat(number(known.get(PROFILE).ok(), "x-ratelimit-remaining")).isEqualTo(before - 1);
        for (Reply reply : List.of(
                known.get(PROFILE).ok(),
                known.get("/v1/account/organization"),
                known.get("/v1/nowhere").refused(404),
                known.delete("/v1/account/organizations").refused(405),
                known.post("/v1/organizations", "{").refused(400),
                known.post("/v1/organizations", "x".repeat(2 << 20)).refused(413),
                here.get(PROFILE).refused(401),
                here.as("nonsense").get(PROFILE).refused(401),
                here.post("/v1/account/login", Map.of("email", "a@b.example", "password", "wrong"))
                        .refused(401),
                here.as("nonsense").get("/operator/v1/projections"),
                here.get("/"),
                here.get("/v3/api-docs"),
                here.get("/actuator/health"))) {
            assertThat(reply.header("x-ratelimit-limit"))
                    .as(reply.call() + " " + reply.status())
                    .contains("400, 400;w=60");
            assertThat(number(reply, "x-ratelimit-remaining")).isBetween(0, 400);
            assertThat(number(reply, "x-ratelimit-reset")).isBetween(1, 60);
        }
    }

    /** From an address of this machine's own that no other test uses; not every system has them. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void guessingIsHeldToTheLimitByAddressAndWhoHasATokenIsNot() throws Exception {
        TestUser ada = here.newcomer();
        try (HttpClient elsewhere = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .localAddress(InetAddress.getByName("127.0.0.78"))
                .build()) {
            long guesses = 0;
            for (int i = 0; i < 450; i++) {
                guesses += call(elsewhere, i % 3 == 0 ? null : "guess " + i, PROFILE) == 401 ? 1 : 0;
            }
            assertThat(guesses).isBetween(396L, 404L);
            assertThat(call(elsewhere, "guess", "/operator/v1/projections")).isEqualTo(429);
            assertThat(call(elsewhere, "guess", "/actuator/prometheus")).isEqualTo(429);
            assertThat(call(elsewhere, null, "/nowhere")).isEqualTo(429);
            assertThat(call(elsewhere, null, "/")).isEqualTo(200);
            assertThat(call(elsewhere, null, "/actuator/health")).isEqualTo(200);
            assertThat(call(elsewhere, ada.client().bearer(), PROFILE)).isEqualTo(200);
        }
        here.get(PROFILE).refused(401);
    }

    private int call(HttpClient source, @Nullable String bearer, String path) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(java.net.URI.create(
                "http://127.0.0.1:%d%s".formatted(here.base().getPort(), path)));
        if (bearer != null) {
            request.header("Authorization", "Bearer " + bearer);
        }
        return source.send(request.build(), BodyHandlers.discarding()).statusCode();
    }

    private static List<Reply> hammer(Client one, Client other, int requests) throws InterruptedException {
        List<Callable<Reply>> calls = IntStream.range(0, requests)
                .<Callable<Reply>>mapToObj(i -> () -> (i % 2 == 0 ? one : other).get(ORGANIZATION))
                .toList();
        try (var threads = Executors.newFixedThreadPool(8)) {
            return threads.invokeAll(calls).stream().map(Future::resultNow).toList();
        }
    }

    private static int number(Reply reply, String header) {
        return reply.header(header).map(Integer::parseInt).orElse(-1);
    }
}
