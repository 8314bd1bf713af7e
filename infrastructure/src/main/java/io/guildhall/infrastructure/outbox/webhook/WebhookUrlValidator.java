package io.guildhall.infrastructure.outbox.webhook;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Addresses that a webhook can have. What a name means is looked at with each attempt, by {@link SsrfSafeDnsResolver}. */
@Component
public class WebhookUrlValidator {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9_.-]*[A-Za-z0-9])?\\.?");
    private static final Pattern LITERAL = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|\\[[0-9A-Fa-f:.]+]");
    private static final int LARGEST_PORT = 65_535;

    private final SsrfSafeDnsResolver addresses;
    private final boolean allowPrivate;

    WebhookUrlValidator(SsrfSafeDnsResolver addresses, WebhookProperties properties) {
        this.addresses = addresses;
        this.allowPrivate = properties.allowPrivate();
    }

    /** @throws IllegalArgumentException when nothing can be sent there; its message says why */
    public void check(String text) {
        URI url = parse(text);
        String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
        if (!scheme.equals("https") && !(allowPrivate && scheme.equals("http"))) {
            throw new IllegalArgumentException("url must begin with https://.");
        }
        String host = url.getHost();
        if (host == null || url.getRawUserInfo() != null || url.getRawFragment() != null) {
            throw new IllegalArgumentException(
                    "url must be https:// with a host, without user name, password and fragment.");
        }
        if (url.getPort() == 0 || url.getPort() > LARGEST_PORT) {
            throw new IllegalArgumentException("url must have a port from 1 to 65535, or none.");
        }
        if (!canBePublic(host)) {
            throw new IllegalArgumentException("url must be of a host of the public Internet.");
        }
    }

    private static URI parse(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("url must be an address such as https://example.com/hook.");
        }
    }

    /** Names that begin or end like numbers are left to their look-up, which knows what they mean. */
    private boolean canBePublic(String host) {
        InetAddress literal = literal(host);
        if (literal != null) {
            return addresses.allows(literal);
        }
        String name = host.toLowerCase(Locale.ROOT);
        boolean local = name.matches("(.*\\.)?localhost\\.?");
        return NAME.matcher(host).matches() && (allowPrivate || !local);
    }

    private static @Nullable InetAddress literal(String host) {
        if (!LITERAL.matcher(host).matches()) {
            return null;
        }
        try {
            return InetAddress.ofLiteral(host.startsWith("[") ? host.substring(1, host.length() - 1) : host);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("url must be an address such as https://example.com/hook.");
        }
    }
}
