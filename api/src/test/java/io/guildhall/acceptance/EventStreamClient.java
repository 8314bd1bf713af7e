package io.guildhall.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Follows a trail by Server-Sent Events, until it is closed. */
final class EventStreamClient implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final JsonMapper JSON = JsonMapper.shared();

    final List<Long> ids = new CopyOnWriteArrayList<>();
    final List<JsonNode> activities = new CopyOnWriteArrayList<>();
    final List<String> comments = new CopyOnWriteArrayList<>();
    volatile String end;
    volatile int resets;
    volatile boolean closed;

    private final HttpClient http = HttpClient.newHttpClient();
    private final int status;

    EventStreamClient(Client client, String query, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(client.base() + "/v1/activities/stream" + query))
                .header("Authorization", "Bearer " + client.bearer())
                .header("Accept", "text/event-stream");
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            HttpResponse<Stream<String>> response = http.send(request.build(), HttpResponse.BodyHandlers.ofLines());
            status = response.statusCode();
            Thread.ofVirtual().start(() -> read(response.body()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    int status() {
        return status;
    }

    private void read(Stream<String> lines) {
        var last = new String[] {""};
        try (lines) {
            lines.forEach(line -> {
                if (line.startsWith("id: ")) {
                    ids.add(Long.valueOf(line.substring(4)));
                } else if (line.startsWith("event: ")) {
                    last[0] = line.substring(7);
                } else if (line.startsWith("data: ") && last[0].equals("reset")) {
                    resets++;
                } else if (line.startsWith("data: ") && last[0].equals("end")) {
                    end = JSON.readTree(line.substring(6)).get("reason").asString();
                } else if (line.startsWith("data: ")) {
                    activities.add(JSON.readTree(line.substring(6)));
                } else if (line.startsWith(":")) {
                    comments.add(line);
                }
            });
        } catch (UncheckedIOException e) {
            // Closed by this side.
        }
        closed = true;
    }

    void awaitCount(int count) throws InterruptedException {
        await(() -> activities.size() >= count);
    }

    void awaitHeartBeat() throws InterruptedException {
        await(() -> !comments.isEmpty());
    }

    void awaitEnd() throws InterruptedException {
        await(() -> closed);
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        Instant giveUp = Instant.now().plus(PATIENCE);
        while (!condition.getAsBoolean() && Instant.now().isBefore(giveUp)) {
            Thread.sleep(10);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
