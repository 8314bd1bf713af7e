package io.guildhall.acceptance;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Calls one process of the service.
 *
 * @param base such as {@code http://localhost:8080}
 * @param mailbox where this service's mails end up
 * @param bearer what is sent as the token, or null
 * @param witness is shown every reply
 */
record Client(URI base, Mailbox mailbox, @Nullable String bearer, Consumer<Reply> witness) {

    static final String PASSWORD = "correct horse battery staple";

    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    Client(URI base, Path mails) {
        this(base, new Mailbox(mails), null);
    }

    Client(URI base, Mailbox mailbox, @Nullable String bearer) {
        this(base, mailbox, bearer, reply -> {});
    }

    /** The same service, and somebody else who is shown every reply. */
    Client watchedBy(Consumer<Reply> other) {
        return new Client(base, mailbox, bearer, other);
    }

    /** The same service, called with a token. */
    Client as(@Nullable String token) {
        return new Client(base, mailbox, token, witness);
    }

    /** Another process of the same service. */
    Client at(URI other) {
        return new Client(other, mailbox, bearer, witness);
    }

    Reply get(String path, String... headers) {
        return send("GET", path, null, headers);
    }

    /** Without a body and without a content type. */
    Reply post(String path) {
        return send("POST", path, null);
    }

    Reply post(String path, Object body, String... headers) {
        return send("POST", path, body, headers);
    }

    Reply put(String path, Object body, String... headers) {
        return send("PUT", path, body, headers);
    }

    Reply patch(String path, Object body, String... headers) {
        return send("PATCH", path, body, headers);
    }

    Reply delete(String path, String... headers) {
        return send("DELETE", path, null, headers);
    }

    /**
     * @param body a string or stream as it is, null for none, anything else as JSON
     * @param headers names and values in turn
     */
    Reply send(String method, String path, @Nullable Object body, String... headers) {
        try {
            return exchange(method, path, body, headers);
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + path, e);
        }
    }

    /** As {@link #send}, for those who expect the process to die. */
    Reply exchange(String method, String path, @Nullable Object body, String... headers) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path)).timeout(TIMEOUT);
        request.method(method, publisher(body));
        if (body != null) {
            request.setHeader("Content-Type", "application/json");
        }
        if (bearer != null) {
            request.setHeader("Authorization", "Bearer " + bearer);
        }
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        try {
            // The request's own timeout ends with the headers, and a stream of events has no end.
            HttpResponse<String> response =
                    HTTP.sendAsync(request.build(), BodyHandlers.ofString()).get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
            Reply reply = Reply.of(method + " " + path, response);
            witness.accept(reply);
            return reply;
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        } catch (TimeoutException e) {
            throw new IOException("No end of the reply within " + TIMEOUT, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /** Signs somebody up who is nobody yet, and follows the mailed link. */
    TestUser newcomer() {
        return signUp(unusedEmail()).validate();
    }

    /** Signs up; the address is not validated yet. */
    TestUser signUp(String email) {
        String name = "Ada " + email.substring(0, email.indexOf('@'));
        Reply reply = as(null).post("/v1/account/signup", Map.of("email", email, "password", PASSWORD, "name", name))
                .ok();
        return new TestUser(
                as(reply.text("token.id")), reply.text("token.user_id"), name, email, PASSWORD, reply.text("token.id"));
    }

    /** Signs in, with the default organization as the current one, if there is any. */
    Reply signIn(String email, String password) {
        return as(null).post("/v1/account/login", Map.of("email", email, "password", password));
    }

    static String unusedEmail() {
        return "p-" + unused() + "@example.org";
    }

    /** For an organization. */
    static String unusedName() {
        return "o-" + unused();
    }

    private static String unused() {
        return UUID.randomUUID().toString().replace("-", "").substring(0, 16);
    }

    private static BodyPublisher publisher(@Nullable Object body) {
        return switch (body) {
            case null -> BodyPublishers.noBody();
            case String text -> BodyPublishers.ofString(text);
            case InputStream stream -> BodyPublishers.ofInputStream(() -> stream);
            default -> BodyPublishers.ofString(JSON.writeValueAsString(body));
        };
    }
}
