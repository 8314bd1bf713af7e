package io.guildhall.api.mail;

import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A request that a program on this machine sent directly to the service. A loopback peer alone proves nothing: behind a local proxy
 * every request comes from one, and a page of another site can resolve its own name to 127.0.0.1 (DNS rebinding).
 */
final class LoopbackRequest {

    /** {@code localhost}, 127.0.0.0/8 or {@code [::1]}, with any port. */
    private static final Pattern LOOPBACK_HOST =
            Pattern.compile("(?:(?i:localhost)|127(?:\\.[0-9]{1,3}){3}|\\[::1])(?::[0-9]{1,5})?");

    private static final Set<String> FORWARDING_HEADERS = Set.of(
            "client-ip",
            "fastly-client-ip",
            "forwarded",
            "forwarded-for",
            "proxy-client-ip",
            "true-client-ip",
            "via",
            "wl-proxy-client-ip",
            "x-client-ip",
            "x-cluster-client-ip",
            "x-real-ip");

    private static final List<String> FORWARDING_PREFIXES = List.of(
            "cdn-",
            "cf-",
            "fly-",
            "x-amz",
            "x-appengine-",
            "x-azure-",
            "x-envoy-",
            "x-forward",
            "x-original-",
            "x-proxy");

    /** Tomcat sets it once its valve has replaced the peer's address with that of a header, which the valve may remove. */
    private static final String FORWARDED = "org.apache.tomcat.request.forwarded";

    private LoopbackRequest() {}

    /** HTTP/1.0 is rejected: no browser sends it, and a proxy that adds no header at all does by default. */
    static boolean matches(HttpServletRequest request) {
        return isLoopback(request.getRemoteAddr())
                && isLoopbackHost(only(request, "Host"))
                && !request.getProtocol().equals("HTTP/1.0")
                && request.getAttribute(FORWARDED) == null
                && Collections.list(request.getHeaderNames()).stream().noneMatch(LoopbackRequest::isOfAProxy)
                && isOfTheSameSite(request);
    }

    static boolean isLoopbackHost(@Nullable String host) {
        return host != null && LOOPBACK_HOST.matcher(host).matches();
    }

    private static boolean isLoopback(String address) {
        try {
            return InetAddress.ofLiteral(address).isLoopbackAddress();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean isOfAProxy(String header) {
        String name = header.toLowerCase(Locale.ROOT);
        return FORWARDING_HEADERS.contains(name) || FORWARDING_PREFIXES.stream().anyMatch(name::startsWith);
    }

    /** {@code none} is an address that a person typed in. Programs that are no browsers send nothing. */
    private static boolean isOfTheSameSite(HttpServletRequest request) {
        return Collections.list(request.getHeaders("Sec-Fetch-Site")).stream()
                .allMatch(site -> site.equals("same-origin") || site.equals("none"));
    }

    private static @Nullable String only(HttpServletRequest request, String header) {
        List<String> values = Collections.list(request.getHeaders(header));
        return values.size() == 1 ? values.getFirst() : null;
    }
}
