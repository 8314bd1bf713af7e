package io.guildhall.infrastructure.outbox.webhook;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hc.client5.http.DnsResolver;
import org.springframework.stereotype.Component;

/**
 * Looks up receivers, and lets through only what is of the public Internet: whoever can create a webhook could otherwise make
 * this process knock at doors behind its firewall. The connection is made to the very addresses that were looked at, so a name
 * that means another address a moment later gains nothing.
 */
@Component
class SsrfSafeDnsResolver implements DnsResolver {

    /** The name means an address that nothing is sent to. */
    static final class ForbiddenAddressException extends UnknownHostException {

        ForbiddenAddressException() {
            super("The receiver's address is not of the public Internet");
        }
    }

    /** Address and length of the prefix; by the special-purpose registries of IANA. */
    private static final List<Block> NOT_PUBLIC_4 = Stream.of(
                    "0.0.0.0/8",
                    "10.0.0.0/8",
                    "100.64.0.0/10",
                    "127.0.0.0/8",
                    "169.254.0.0/16",
                    "172.16.0.0/12",
                    "192.0.0.0/24",
                    "192.0.2.0/24",
                    "192.31.196.0/24",
                    "192.52.193.0/24",
                    "192.88.99.0/24",
                    "192.168.0.0/16",
                    "192.175.48.0/24",
                    "198.18.0.0/15",
                    "198.51.100.0/24",
                    "203.0.113.0/24",
                    "224.0.0.0/3")
            .map(Block::of)
            .toList();

    /** Of IPv6, only what is handed out to the public; what embeds an IPv4 address is not in it, or is taken out again. */
    private static final Block PUBLIC_6 = Block.of("2000::/3");

    private static final List<Block> NOT_PUBLIC_6 = Stream.of(
                    "2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20")
            .map(Block::of)
            .toList();

    private final boolean allowPrivate;

    SsrfSafeDnsResolver(WebhookProperties properties) {
        this.allowPrivate = properties.allowPrivate();
    }

    /** All addresses of the host, or none of them. */
    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        InetAddress[] addresses = InetAddress.getAllByName(host);
        for (InetAddress address : addresses) {
            if (!allows(address)) {
                throw new ForbiddenAddressException();
            }
        }
        return addresses;
    }

    @Override
    public String resolveCanonicalHostname(String host) throws UnknownHostException {
        return resolve(host)[0].getCanonicalHostName();
    }

    boolean allows(InetAddress address) {
        return allowPrivate || isPublic(address);
    }

    /** An IPv4 address in the form of an IPv6 one is an {@link Inet4Address} to Java, and looked at as such. */
    static boolean isPublic(InetAddress address) {
        return address instanceof Inet4Address
                ? NOT_PUBLIC_4.stream().noneMatch(block -> block.includes(address))
                : PUBLIC_6.includes(address) && NOT_PUBLIC_6.stream().noneMatch(block -> block.includes(address));
    }

    private record Block(byte[] prefix, int bits) {

        static Block of(String text) {
            int slash = text.indexOf('/');
            return new Block(
                    InetAddress.ofLiteral(text.substring(0, slash)).getAddress(),
                    Integer.parseInt(text.substring(slash + 1)));
        }

        boolean includes(InetAddress address) {
            byte[] bytes = address.getAddress();
            if (bytes.length != prefix.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                if (((bytes[bit / 8] ^ prefix[bit / 8]) >> (7 - bit % 8) & 1) != 0) {
                    return false;
                }
            }
            return true;
        }
    }
}
