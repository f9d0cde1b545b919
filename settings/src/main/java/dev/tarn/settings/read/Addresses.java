package dev.tarn.settings.read;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The form of addresses. Each check gives the address back, or throws IllegalArgumentException with "must …". */
public final class Addresses {
    private static final String HOST = "(?:[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])";
    private static final String PORT = ":(\\d{1,5})";
    private static final Pattern HOST_AND_PORT = Pattern.compile(HOST + PORT);
    private static final Pattern WEB_URL =
            Pattern.compile("https?://" + HOST + "(?:" + PORT + ")?(?:/[A-Za-z0-9._~/-]*)?");

    private Addresses() {}

    /** A comma-separated list of host:port, without spaces. */
    public static String hostPorts(String addresses) {
        for (String address : addresses.split(",", -1)) {
            Matcher matcher = HOST_AND_PORT.matcher(address);
            if (!matcher.matches() || !isPort(matcher.group(1))) {
                throw new IllegalArgumentException("must be host:port, or several with commas between");
            }
        }
        return addresses;
    }

    /** A URL {@code scheme://host:port}. */
    public static URI url(String url, String scheme) {
        String start = scheme + "://";
        Matcher matcher = HOST_AND_PORT.matcher(url.startsWith(start) ? url.substring(start.length()) : "");
        if (!matcher.matches() || !isPort(matcher.group(1))) {
            throw new IllegalArgumentException("must be a URL such as " + start + "host:port");
        }
        return uri(url);
    }

    /** A URL {@code http://host:port} or {@code https://host}, maybe with a path, without user, query and fragment. */
    public static URI webUrl(String url) {
        Matcher matcher = WEB_URL.matcher(url);
        if (!matcher.matches() || (matcher.group(1) != null && !isPort(matcher.group(1)))) {
            throw new IllegalArgumentException("must be a URL such as http://host:port");
        }
        return uri(url);
    }

    private static URI uri(String url) {
        try {
            URI uri = new URI(url);
            if (uri.getHost() == null) {
                // The clients of Hive, Spark and the registry read addresses with this class, and find no host then.
                throw new IllegalArgumentException(
                        "must be a URL whose host has letters, digits, - and . alone, and starts its last part with a"
                                + " letter");
            }
            return uri;
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("must be a URL, and its host is not well written", e);
        }
    }

    /** True for 1 to 65535. */
    public static boolean isPort(String digits) {
        int port = Integer.parseInt(digits);
        return port >= 1 && port <= 65535;
    }
}
