package io.guildhall.api.webhook;

import java.io.IOException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
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
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/**
 * Carries one message to a receiver, once, and says how that went. It follows no redirects, knows no cookies and no proxies,
 * and makes a connection of its own for each, to an address that {@link ReceiverAddresses} let through. Whatever the receiver
 * does, it is over when the time is.
 */
@Component
@EnableConfigurationProperties(WebhookProperties.class)
class Courier implements DisposableBean {

    private static final int MOST_OF_AN_ANSWER = 64 * 1024;
    private static final int GONE = 410;

    private final CloseableHttpClient client;
    private final Duration timeout;

    Courier(ReceiverAddresses addresses, WebhookProperties properties) {
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
     */
    record Attempt(@Nullable Integer status, @Nullable String error) {

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

    Attempt carry(URI url, Map<String, String> headers, byte[] body) {
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

    private Attempt exchange(HttpPost post) {
        int status = 0;
        try (ClassicHttpResponse response = client.executeOpen(RoutingSupport.determineHost(post), post, null)) {
            status = response.getCode();
            readSome(response.getEntity());
            // Of what is left of a long answer nothing is read.
            post.cancel();
            return judged(status);
        } catch (HttpException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            return new Attempt(status == 0 ? null : status, word(e));
        }
    }

    /** An answer that ends before its time is none: it may as well be another's. */
    private static void readSome(@Nullable HttpEntity answer) throws IOException {
        if (answer != null) {
            answer.getContent().readNBytes(MOST_OF_AN_ANSWER);
        }
    }

    private static Attempt judged(int status) {
        if (status >= 200 && status <= 299) {
            return new Attempt(status, null);
        }
        return new Attempt(status, status >= 300 && status <= 399 ? "redirect" : "refused");
    }

    private static String word(IOException failure) {
        if (ReceiverAddresses.isForbidden(failure)) {
            return "address-not-public";
        }
        return switch (failure) {
            case UnknownHostException e -> "unknown-host";
            case SSLException e -> "tls";
            case java.net.SocketTimeoutException e -> "timeout";
            case java.net.ConnectException e -> "no-connection";
            default -> "answer-broken";
        };
    }

    @Override
    public void destroy() throws IOException {
        client.close();
    }
}
