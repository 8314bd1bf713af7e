package io.guildhall.acceptance;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Signing in and out, passwords, and what is too often (R3). */
class SignInTest extends AcceptanceTestBase {

    private static final String OTHER_PASSWORD = "another battery, another horse";

    @Test
    void saysTheSameOfAnUnknownAddressAndOfAWrongPassword() {
        TestUser ada = client.newcomer();

        Reply wrong = client.signIn(ada.email(), "not the password").refused(401);
        Reply unknown = client.signIn(Client.unusedEmail(), "not the password").refused(401);

        assertThat(comparable(wrong)).isEqualTo(comparable(unknown));
        assertThat(wrong.message()).isEqualTo("The e-mail address or the password is wrong.");
    }

    /**
     * By turns and by the medians, so that a machine that is busy now and then does not decide. Without the comparison that is
     * made for nobody the ratio would be below a tenth.
     */
    @Test
    void takesAsLongForAnUnknownAddressAsForAWrongPassword() {
        TestUser ada = client.newcomer();
        String nobody = Client.unusedEmail();
        List<Long> wrong = new ArrayList<>();
        List<Long> unknown = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            wrong.add(nanosOfARefusal(ada.email()));
            unknown.add(nanosOfARefusal(nobody));
        }

        assertThat((double) median(unknown) / median(wrong)).isBetween(0.5, 2.0);
    }

    private long nanosOfARefusal(String email) {
        long begun = System.nanoTime();
        client.signIn(email, "not the password").refused(401);
        return System.nanoTime() - begun;
    }

    private static long median(List<Long> samples) {
        return samples.stream().sorted().toList().get(samples.size() / 2);
    }

    @Test
    void takesTheAddressInAnyCase() {
        TestUser ada = client.newcomer();

        assertThat(client.signIn(" " + ada.email().toUpperCase(), ada.password())
                        .ok()
                        .text("token.user_id"))
                .isEqualTo(ada.id());
        Reply again = client.post(
                        "/v1/account/signup",
                        Map.of("email", ada.email().toUpperCase(), "password", Client.PASSWORD, "name", "Eve"))
                .refused(400);
        assertThat(again.fields()).containsExactly("email");
    }

    @Test
    void stopsWhoTriesTooManyPasswordsOfOneUser() {
        TestUser ada = client.newcomer();
        Reply last = client.signIn(ada.email(), "guess 0");
        for (int i = 1; i <= 20 && last.status() == 401; i++) {
            last = client.signIn(ada.email(), "guess " + i);
        }

        last.refused(429);
        assertThat(last.text("code")).isEqualTo("rate_limit_exceeded");
        assertThat(last.header("Retry-After").map(Integer::parseInt).orElse(0)).isPositive();
        assertThat(client.signIn(ada.email(), ada.password()).status())
                .as("not even with the right one, or guessing would go on")
                .isEqualTo(429);
        ada.client().get("/v1/account/profile").ok();
    }

    /** The addresses are this machine's own; not every system has them. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void locksNobodyOutByFailuresFromElsewhere() throws Exception {
        TestUser ada = client.newcomer();
        String nobody = Client.unusedEmail();
        for (String address : List.of(ada.email(), nobody)) {
            for (int network = 1; network <= 6; network++) {
                guess(address, "127.0.1." + network);
            }
        }

        try (HttpClient unknown = from("127.0.1.99")) {
            assertThat(signInFrom(unknown, ada.email(), ada.password()))
                    .as("from a network from which she has never signed in")
                    .isEqualTo(429);
            assertThat(signInFrom(unknown, nobody, "wrong")).isEqualTo(429);
        }
        client.signIn(ada.email(), ada.password()).ok();
        change(ada, ada.password()).ok();
        reset(ada.email()).ok();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void signsInAfterAResetWhereTooManyPasswordsWereWrong() throws Exception {
        TestUser ada = client.newcomer();
        guess(ada.email(), "127.0.0.1");
        client.signIn(ada.email(), ada.password()).refused(429);
        reset(ada.email()).ok();
        String link = client.mailbox().link(ada.email(), Mailbox.RESET).id();

        client.post("/v1/account/update_password", Map.of("id", link, "password", OTHER_PASSWORD))
                .ok();

        client.signIn(ada.email(), OTHER_PASSWORD).ok();
    }

    /** Until the network is refused. */
    private void guess(String address, String network) throws Exception {
        try (HttpClient source = from(network)) {
            int status = 401;
            for (int i = 0; i <= 10 && status == 401; i++) {
                status = signInFrom(source, address, "guess " + i);
            }
            assertThat(status).isEqualTo(429);
        }
    }

    private static HttpClient from(String network) throws Exception {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .localAddress(InetAddress.getByName(network))
                .build();
    }

    @Test
    void answersARequestForAResetAlikeWhetherThereIsAnUserAndStopsTooMany() {
        TestUser ada = client.newcomer();

        for (String address : new String[] {ada.email(), Client.unusedEmail()}) {
            Reply last = reset(address).ok();
            assertThat(last.body()).isEqualTo("{}");
            for (int i = 0; i < 10 && last.isOk(); i++) {
                last = reset(address);
            }
            last.refused(429);
            assertThat(last.header("Retry-After")).isPresent();
        }
    }

    /** From an address of this machine's own that no other test uses; not every system has them. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void stopsWhoTriesTooOftenFromOneAddress() throws Exception {
        try (HttpClient elsewhere = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .localAddress(InetAddress.getByName("127.0.0.77"))
                .build()) {
            String victim = Client.unusedEmail();
            for (int i = 0; i < SIGN_INS_PER_ADDRESS + 50; i++) {
                signInFrom(elsewhere, victim);
            }

            // Now and then one more is allowed, as time goes by.
            int last = 401;
            for (int i = 0; i < 20 && last == 401; i++) {
                last = signInFrom(elsewhere, Client.unusedEmail());
            }
            assertThat(last).isEqualTo(429);
        }
        client.signIn(Client.unusedEmail(), "wrong").refused(401);
    }

    @Test
    void endsTheOtherSessionsWithTheOldPassword() {
        TestUser ada = client.newcomer();
        TestUser elsewhere = ada.signedInAgain();

        assertThat(change(ada, "not the password").refused(400).fields()).containsExactly("current_password");
        elsewhere.client().get("/v1/account/profile").ok();
        change(ada, ada.password()).ok();

        ada.client().get("/v1/account/profile").ok();
        elsewhere.client().get("/v1/account/profile").refused(401);
        client.signIn(ada.email(), ada.password()).refused(401);
        client.signIn(ada.email(), OTHER_PASSWORD).ok();
    }

    @Test
    void resetsAPasswordOncePerMailedLink() {
        TestUser ada = client.newcomer();
        reset(ada.email()).ok();
        String link = client.mailbox().link(ada.email(), Mailbox.RESET).id();
        Map<String, String> body = Map.of("id", link, "password", OTHER_PASSWORD);

        Reply done = client.post("/v1/account/update_password", body).ok();

        assertThat(done.text("token.user_id")).isEqualTo(ada.id());
        client.as(done.text("token.id")).get("/v1/account/profile").ok();
        assertThat(client.post("/v1/account/update_password", body).refused(400).fields())
                .containsExactly("id");
        ada.client().get("/v1/account/profile").refused(401);
        client.signIn(ada.email(), OTHER_PASSWORD).ok();
    }

    /** Or else whoever sends the request would say where the reader of the mail is sent. */
    @Test
    void mailsLinksToTheConfiguredAddressWhateverHostTheRequestNames() throws Exception {
        TestUser ada = client.newcomer();
        String body = "{\"email\": \"%s\"}".formatted(ada.email());
        try (Socket socket = new Socket("127.0.0.1", client.base().getPort())) {
            socket.getOutputStream()
                    .write(("POST /v1/account/reset_password HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n"
                                    + "X-Forwarded-Host: evil.example\r\nForwarded: host=evil.example\r\n"
                                    + "Content-Type: application/json\r\nContent-Length: " + body.length()
                                    + "\r\n\r\n" + body)
                            .getBytes(US_ASCII));
            assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8))
                    .startsWith("HTTP/1.1 200");
        }

        Mailbox.Letter mail = client.mailbox().link(ada.email(), Mailbox.RESET);

        assertThat(mail.text() + mail.html())
                .contains("http://localhost:" + client.base().getPort() + Mailbox.RESET)
                .doesNotContain("evil");
    }

    @Test
    void validatesWithTheLatestLinkOnly() {
        TestUser ada = client.signUp(Client.unusedEmail());
        String first = client.mailbox().link(ada.email(), Mailbox.VALIDATION).id();
        ada.client().post("/v1/account/resend_validation", Map.of()).ok();
        String second =
                client.mailbox().link(ada.email(), Mailbox.VALIDATION, 2).id();

        assertThat(client.post("/v1/account/validate/" + first).refused(400).fields())
                .containsExactly("id");
        ada.client().post("/v1/account/validate/" + second).ok();
        assertThat(ada.client()
                        .get("/v1/account/profile")
                        .ok()
                        .at("user.email_validated")
                        .booleanValue())
                .isTrue();
    }

    /** Somebody signs up with the address of a person, who follows the mailed link. */
    @Test
    void leavesNothingOfAStrangerWhoSignedUpWithTheAddress() {
        TestUser creator = client.newcomer().creator("starter");
        TestUser stranger = client.signUp(Client.unusedEmail());
        String invitation = creator.invite(stranger.email());
        String link =
                client.mailbox().link(stranger.email(), Mailbox.VALIDATION).id();

        assertThat(client.post("/v1/account/validate/" + link).ok().json()).isEmpty();

        stranger.accept(invitation).refused(401);
        client.signIn(stranger.email(), stranger.password()).refused(401);
        assertThat(client.post("/v1/account/validate/" + link).ok().json()).isEmpty();
        Reply signedIn = client.post("/v1/account/update_password", Map.of("id", link, "password", OTHER_PASSWORD))
                .ok();
        stranger.with(signedIn.text("token.id")).accept(invitation).ok();
        client.post("/v1/account/update_password", Map.of("id", link, "password", OTHER_PASSWORD))
                .refused(400);
        client.signIn(stranger.email(), OTHER_PASSWORD).ok();
    }

    @Test
    void keepsTheSessionAndThePasswordOfWhoValidates() {
        TestUser ada = client.signUp(Client.unusedEmail());
        TestUser elsewhere = ada.signedInAgain();
        String link = client.mailbox().link(ada.email(), Mailbox.VALIDATION).id();

        Reply reply = ada.client().post("/v1/account/validate/" + link).ok();

        assertThat(reply.text("token.user_id")).isEqualTo(ada.id());
        client.as(reply.text("token.id")).get("/v1/account/profile").ok();
        ada.client().get("/v1/account/profile").ok();
        elsewhere.client().get("/v1/account/profile").refused(401);
        client.signIn(ada.email(), ada.password()).ok();
        client.post("/v1/account/update_password", Map.of("id", link, "password", OTHER_PASSWORD))
                .refused(400);
    }

    /** A session of another user says nothing about this one. */
    @Test
    void takesTheSessionOfAnotherUserForNone() {
        TestUser stranger = client.signUp(Client.unusedEmail());
        TestUser bob = client.newcomer();
        String link =
                client.mailbox().link(stranger.email(), Mailbox.VALIDATION).id();

        assertThat(bob.client().post("/v1/account/validate/" + link).ok().json())
                .isEmpty();

        stranger.client().get("/v1/account/profile").refused(401);
        bob.client().get("/v1/account/profile").ok();
    }

    @Test
    void endsASessionAtOnce() {
        TestUser ada = client.newcomer();
        TestUser other = ada.signedInAgain();

        Reply refreshed = other.client().put("/v1/account/refresh", Map.of()).ok();
        client.as(refreshed.text("token.id")).delete("/v1/account/logout").ok();

        client.as(refreshed.text("token.id")).get("/v1/account/profile").refused(401);
        ada.client().get("/v1/account/profile").ok();
    }

    @Test
    void wantsAPasswordOfSomeLength() {
        for (String password : new String[] {"short", "x".repeat(129)}) {
            Reply refused = client.post(
                            "/v1/account/signup",
                            Map.of("email", Client.unusedEmail(), "password", password, "name", "Ada"))
                    .refused(400);
            assertThat(refused.fields()).containsExactly("password");
            assertThat(refused.body()).doesNotContain(password);
        }
    }

    private int signInFrom(HttpClient source, String address) throws Exception {
        return signInFrom(source, address, "wrong");
    }

    private int signInFrom(HttpClient source, String address, String password) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/v1/account/login"
                        .formatted(client.base().getPort())))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"email\":\"%s\",\"password\":\"%s\"}".formatted(address, password)))
                .build();
        return source.send(request, BodyHandlers.ofString()).statusCode();
    }

    private Reply reset(String address) {
        return client.post("/v1/account/reset_password", Map.of("email", address));
    }

    private static Reply change(TestUser testUser, String currentPassword) {
        return testUser.client()
                .patch("/v1/account/profile", Map.of("current_password", currentPassword, "password", OTHER_PASSWORD));
    }

    /** Without what differs between any two requests. */
    static JsonNode comparable(Reply refusal) {
        ObjectNode body = (ObjectNode) refusal.json();
        body.remove("instance");
        return body;
    }
}
