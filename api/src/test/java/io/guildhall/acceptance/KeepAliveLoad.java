package io.guildhall.acceptance;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.BasicHttpClientConnectionManager;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import tools.jackson.databind.json.JsonMapper;

/**
 * Callers with a connection each, which they keep for as long as they are let, who repeat nothing and look at no connection before they
 * use it: whatever a server does wrong when it ends fails a request of theirs.
 */
final class KeepAliveLoad {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** The ids of what was answered to have been made, by organization. */
    final Map<String, Queue<String>> made = new ConcurrentHashMap<>();

    /** Requests that were not answered by success. */
    final Queue<String> failures = new ConcurrentLinkedQueue<>();

    final AtomicInteger requests = new AtomicInteger();
    final AtomicInteger connections = new AtomicInteger();

    private final List<Thread> callers = new ArrayList<>();
    private volatile boolean goOn = true;

    /** @param thinks how long at most a caller waits between two requests */
    void call(URI service, TestUser member, String organization, boolean keepsConnection, Duration thinks) {
        callers.add(Thread.ofVirtual().start(() -> {
            try (CloseableHttpClient http = client()) {
                while (goOn) {
                    make(http, service, member, organization, keepsConnection);
                    look(http, service, member, keepsConnection);
                    pause(ThreadLocalRandom.current().nextLong(1 + thinks.toMillis()));
                }
            } catch (IOException e) {
                failures.add("closing " + e);
            }
        }));
    }

    /** Somebody who follows a trail, and comes back with the place when the stream ends. */
    final class Follower {

        final List<Long> sequences = new CopyOnWriteArrayList<>();
        volatile int streams;
    }

    Follower follow(URI service, TestUser member) {
        var follower = new Follower();
        callers.add(Thread.ofVirtual().start(() -> {
            try (CloseableHttpClient http = client()) {
                while (goOn) {
                    var request = new HttpGet(service + "/v1/activities/stream");
                    request.setHeader("Authorization", "Bearer " + member.session());
                    if (!follower.sequences.isEmpty()) {
                        request.setHeader("Last-Event-ID", String.valueOf(follower.sequences.getLast()));
                    }
                    follower.streams++;
                    read(http, request, follower);
                }
            } catch (IOException e) {
                failures.add("closing " + e);
            }
        }));
        return follower;
    }

    private void read(CloseableHttpClient http, HttpGet request, Follower follower) {
        try {
            http.execute(request, response -> {
                if (response.getCode() != 200) {
                    failures.add("following -> " + response.getCode());
                }
                var lines = new BufferedReader(
                        new InputStreamReader(response.getEntity().getContent(), StandardCharsets.UTF_8));
                for (String line = lines.readLine(); line != null && goOn; line = lines.readLine()) {
                    if (line.startsWith("id: ")) {
                        follower.sequences.add(Long.valueOf(line.substring(4)));
                    }
                }
                if (!goOn) {
                    request.cancel();
                }
                return null;
            });
        } catch (IOException e) {
            if (goOn) {
                failures.add("following -> " + e);
            }
        }
    }

    private void make(CloseableHttpClient http, URI service, TestUser member, String organization, boolean keeps) {
        var request = new HttpPost(service + "/v1/credentials");
        request.setEntity(new StringEntity(
                JSON.writeValueAsString(
                        Map.of("name", "t-" + UUID.randomUUID(), "type", "USER", "organization_id", organization)),
                ContentType.APPLICATION_JSON));
        String body = send(http, request, member, keeps);
        if (body != null) {
            made.computeIfAbsent(organization, id -> new ConcurrentLinkedQueue<>())
                    .add(JSON.readTree(body).at("/credential/id").asString());
        }
    }

    private void look(CloseableHttpClient http, URI service, TestUser member, boolean keeps) {
        send(http, new HttpGet(service + "/v1/organization_members"), member, keeps);
    }

    private String send(CloseableHttpClient http, HttpUriRequestBase request, TestUser member, boolean keeps) {
        request.setHeader("Authorization", "Bearer " + member.session());
        if (!keeps) {
            request.setHeader("Connection", "close");
        }
        requests.incrementAndGet();
        try {
            return http.execute(request, response -> {
                String body = EntityUtils.toString(response.getEntity());
                if (response.getCode() / 100 != 2) {
                    failures.add("%s -> %d %s".formatted(request, response.getCode(), body));
                    return null;
                }
                if ("close".equals(header(response.getFirstHeader("Connection")))) {
                    connections.incrementAndGet();
                }
                return body;
            });
        } catch (IOException e) {
            failures.add("%s -> %s".formatted(request, e));
            return null;
        }
    }

    private static String header(org.apache.hc.core5.http.Header header) {
        return header == null ? null : header.getValue();
    }

    void end() throws InterruptedException {
        goOn = false;
        for (Thread caller : callers) {
            caller.join(PATIENCE);
        }
    }

    private static CloseableHttpClient client() {
        var one = new BasicHttpClientConnectionManager();
        one.setConnectionConfig(ConnectionConfig.custom()
                .setConnectTimeout(Timeout.of(PATIENCE))
                .setSocketTimeout(Timeout.of(PATIENCE))
                // Never: a request goes out on the connection as it is.
                .setValidateAfterInactivity(TimeValue.NEG_ONE_MILLISECOND)
                .build());
        return HttpClients.custom()
                .setConnectionManager(one)
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .build();
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
