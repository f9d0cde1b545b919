package dev.tarn.collect.postgres;

import dev.tarn.settings.secret.Login;
import dev.tarn.settings.source.PostgresUrl;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Where a source's database is and who we are for it.
 *
 * @param url without login
 * @param login read anew for each connection: the password of an embedded PostgreSQL is made while it starts
 */
public record DatabaseAddress(PostgresUrl url, Supplier<Login> login) {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** The address for JDBC, without parameters. */
    public String jdbcUrl() {
        return "jdbc:postgresql://" + url.host() + ":" + url.port() + "/" + url.database();
    }

    /** The address for JDBC, with the parameters of the settings. */
    public String jdbcUrlWithParameters() {
        if (url.parameters().isEmpty()) {
            return jdbcUrl();
        }
        return jdbcUrl()
                + new TreeMap<>(url.parameters())
                        .entrySet().stream()
                                .map(each -> encode(each.getKey()) + "=" + encode(each.getValue()))
                                .collect(Collectors.joining("&", "?", ""));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /**
     * Connects.
     *
     * @param answerLimit how long a statement may stay without an answer; zero for ever
     */
    public Connection connect(Duration answerLimit) throws SQLException {
        Login who = login.get();
        Properties properties = new Properties();
        url.parameters().forEach(properties::setProperty);
        properties.setProperty("user", who.user());
        properties.setProperty("password", who.password().reveal());
        properties.setProperty("ApplicationName", "tarn");
        properties.setProperty("connectTimeout", Long.toString(PATIENCE.toSeconds()));
        properties.setProperty("loginTimeout", Long.toString(PATIENCE.toSeconds()));
        properties.setProperty("socketTimeout", Long.toString(answerLimit.toSeconds()));
        return DriverManager.getConnection(jdbcUrl(), properties);
    }

    /** Another database of the same server. */
    DatabaseAddress in(String database) {
        return new DatabaseAddress(new PostgresUrl(url.host(), url.port(), database, url.parameters()), login);
    }
}
