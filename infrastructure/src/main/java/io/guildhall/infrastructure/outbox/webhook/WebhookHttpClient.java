package io.guildhall.infrastructure.outbox.webhook;

import java.io.IOException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.impl.routing.DefaultRoutePlanner;
import org.apache.hc.client5.http.routing.RoutingSupport;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.io.Closer;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/**
 * Carries one message to a receiver, once, and says how that went. It follows no redirects, knows no cookies and no proxies,
 * and makes a connection of its own for each, to an address that {@link SsrfSafeDnsResolver} let through. Whatever the receiver
 * does, it is over when the time is.
 */
@Component
@EnableConfigurationProperties(WebhookProperties.class)
class WebhookHttpClient implements DisposableBean {

    /** However long a receiver asks to be left alone, it is tried again after a day. */
    private static final Duration LONGEST_RETRY_AFTER = Duration.ofDays(1);

    private static final int GONE = 410;

    private final CloseableHttpClient client;
    private final Duration timeout;
    private final Clock clock;

    WebhookHttpClient(SsrfSafeDnsResolver addresses, WebhookProperties properties, Clock clock) {
        this.clock = clock;
        this.timeout = properties.timeout();
        Timeout most = Timeout.of(timeout);
        int connections = properties.atOnce() * properties.perWebhook() * 2;
        this.client = HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setDnsResolver(addresses)
                        .setMaxConnTotal(connections)
                        .setMaxConnPerRoute(connections)
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(most)
                                .setSocketTimeout(most)
                                .build())
                        .setDefaultSocketConfig(
                                SocketConfig.custom().setSoTimeout(most).build())
                        .build())
                .setRoutePlanner(new DefaultRoutePlanner(null))
                .setConnectionReuseStrategy((request, response, context) -> false)
                .setUserAgent("Guildhall-Webhooks")
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .build();
    }

    /**
     * How an attempt went.
     *
     * @param status the receiver's, null when there was none
     * @param error a word for what went wrong, null when nothing did; nothing of what the receiver said is in it
     * @param retryAfter how long the receiver asks to be left alone, null when it does not
     */
    record Attempt(
            @Nullable Integer status,
            @Nullable String error,
            @Nullable Duration retryAfter) {

        Attempt(@Nullable Integer status, @Nullable String error) {
            this(status, error, null);
        }

        boolean arrived() {
            return error == null;
        }

        /** The receiver asks to be left alone for good. */
        boolean gone() {
            return status != null && status == GONE;
        }

        private static Attempt failed(String error) {
            return new Attempt(null, error);
        }
    }

    Attempt post(URI url, Map<String, String> headers, byte[] body) {
        HttpPost post = new HttpPost(url);
        headers.forEach(post::setHeader);
        post.setEntity(new ByteArrayEntity(body, ContentType.APPLICATION_JSON));
        // In a thread of its own, since looking up a name cannot be interrupted.
        var attempt = new FutureTask<>(() -> exchange(post));
        Thread.ofVirtual().name("webhook-attempt").start(attempt);
        try {
            return attempt.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return Attempt.failed("timeout");
        } catch (ExecutionException e) {
            throw new IllegalStateException("A webhook's message cannot be sent at all", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Attempt.failed("interrupted");
        } finally {
            post.cancel();
            attempt.cancel(true);
        }
    }

    /** The status decides. Of the body nothing is read: it may be long, and slow, and says nothing more. */
    private Attempt exchange(HttpPost post) {
        ClassicHttpResponse response = null;
        try {
            response = client.executeOpen(RoutingSupport.determineHost(post), post, null);
            return judged(response.getCode(), retryAfter(response));
        } catch (HttpException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            return Attempt.failed(word(e));
        } finally {
            post.cancel();
            Closer.closeQuietly(response);
        }
    }

    /** How long the receiver asks to be left alone, in seconds or until a date; null when it does not. */
    private @Nullable Duration retryAfter(ClassicHttpResponse response) {
        Header header = response.getFirstHeader(HttpHeaders.RETRY_AFTER);
        String value = header == null || header.getValue() == null
                ? ""
                : header.getValue().strip();
        Duration asked = value.matches("[0-9]{1,9}") ? Duration.ofSeconds(Long.parseLong(value)) : untilDate(value);
        if (asked == null || !asked.isPositive()) {
            return null;
        }
        return asked.compareTo(LONGEST_RETRY_AFTER) < 0 ? asked : LONGEST_RETRY_AFTER;
    }

    private @Nullable Duration untilDate(String value) {
        try {
            return Duration.between(clock.instant(), ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME));
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    private static Attempt judged(int status, @Nullable Duration retryAfter) {
        if (status >= 200 && status <= 299) {
            return new Attempt(status, null);
        }
        return new Attempt(status, status >= 300 && status <= 399 ? "redirect" : "refused", retryAfter);
    }

    private static String word(IOException failure) {
        if (hasNoPublicAddress(failure)) {
            return "no-public-address";
        }
        return switch (failure) {
            case SSLException e -> "tls";
            case java.net.SocketTimeoutException e -> "timeout";
            case java.net.ConnectException e -> "no-connection";
            default -> "answer-broken";
        };
    }

    /**
     * True for a name that is not known and for one that means a private address. The difference would tell which names there are in the
     * network of this service.
     */
    private static boolean hasNoPublicAddress(IOException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnknownHostException) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void destroy() throws IOException {
        client.close();
    }
}
