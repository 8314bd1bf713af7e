package io.guildhall.api.ratelimit;

import jakarta.servlet.http.HttpServletRequest;

/** Whom to hold to a limit by address. */
public final class NetworkAddresses {

    private NetworkAddresses() {}

    /** The address as it is for IPv4; for IPv6 its first half, since one household has all of the second. */
    public static String limited(HttpServletRequest request) {
        return limited(request.getRemoteAddr());
    }

    static String limited(String address) {
        if (!address.contains(":") || address.contains(".")) {
            return address;
        }
        String front = address.contains("::") ? address.substring(0, address.indexOf("::")) : address;
        String[] groups = front.split(":");
        var network = new StringBuilder();
        for (int i = 0; i < 4; i++) {
            network.append(i < groups.length && !groups[i].isEmpty() ? groups[i] : "0")
                    .append(':');
        }
        return network.append(":/64").toString();
    }
}
