package dev.tarn.settings.source;

import dev.tarn.settings.read.Addresses;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The address of a PostgreSQL database, without user and password.
 *
 * @param host a name, or an IP address with brackets around one of version 6
 * @param parameters parameters of the JDBC driver, such as {@code sslmode}
 */
public record PostgresUrl(String host, int port, String database, Map<String, String> parameters) {
    private static final String HOST_AND_PORT = "([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+]):(\\d{1,5})";
    private static final String PARAMETER = "\\w+=[^&#\\s]*";
    private static final Pattern FORM = Pattern.compile(
            "jdbc:postgresql://" + HOST_AND_PORT + "/([^/?#\\s]+)(?:\\?(" + PARAMETER + "(?:&" + PARAMETER + ")*))?");
    private static final Pattern LOGIN = Pattern.compile("//[^/]*@|[?&](user|password|sslpassword)=");

    public PostgresUrl {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }

    /**
     * Reads {@code jdbc:postgresql://host:5432/database?sslmode=require}.
     *
     * @throws IllegalArgumentException if it has another form, or a user or password in it
     */
    public static PostgresUrl parse(String url) {
        if (LOGIN.matcher(url).find()) {
            throw new IllegalArgumentException(
                    "must not hold a user or a password; write user: and password: beside it");
        }
        Matcher matcher = FORM.matcher(url);
        if (!matcher.matches() || !Addresses.isPort(matcher.group(2))) {
            throw new IllegalArgumentException("must be a URL such as jdbc:postgresql://host:5432/database");
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        if (matcher.group(4) != null) {
            for (String parameter : matcher.group(4).split("&", -1)) {
                int equals = parameter.indexOf('=');
                parameters.put(parameter.substring(0, equals), decode(parameter.substring(equals + 1)));
            }
        }
        return new PostgresUrl(
                matcher.group(1), Integer.parseInt(matcher.group(2)), decode(matcher.group(3)), parameters);
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("must have two digits after each %", e);
        }
    }
}
