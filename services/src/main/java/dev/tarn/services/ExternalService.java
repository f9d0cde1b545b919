package dev.tarn.services;

import dev.tarn.model.ErrorKind;
import dev.tarn.model.TarnException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A service that runs elsewhere and that this lake only uses.
 *
 * @param name what it is to the lake: kafka, registry, metastore, spark, or a source's database
 * @param address as the settings give it: a URL, or {@code host:port} pairs with commas between
 * @param setting where its address is written, such as {@code 'kafka' in lake.yaml}
 */
public record ExternalService(String name, String address, String setting) {
    private static final Duration LIMIT = Duration.ofSeconds(3);
    private static final Pattern SERVER =
            Pattern.compile("^(?:(?<scheme>[a-z]+)://)?(?<host>\\[[^\\]]+]|[^:/]+)(?::(?<port>\\d+))?(?:/.*)?$");

    /** What keeps us from reaching it; empty if any of its addresses accepts a connection. */
    public Optional<TarnException> problem() {
        String reason = "no address given";
        for (InetSocketAddress server : servers()) {
            Optional<String> failure = connect(server);
            if (failure.isEmpty()) {
                return Optional.empty();
            }
            reason = failure.orElseThrow();
        }
        return Optional.of(new TarnException(
                ErrorKind.EXTERNAL,
                "UNREACHABLE",
                "Cannot reach " + name + " at '" + address + "': " + reason + ". Start it, or correct " + setting
                        + "."));
    }

    /** How it shows in the status, with what {@link #problem} found. */
    ServiceStatus status(Optional<TarnException> problem) {
        return new ServiceStatus(
                name,
                problem.isPresent() ? ServiceState.UNREACHABLE : ServiceState.EXTERNAL,
                0,
                Map.of(name, address),
                0,
                Duration.ZERO,
                "",
                0,
                problem.map(TarnException::getMessage).orElse(null));
    }

    private List<InetSocketAddress> servers() {
        return Arrays.stream(address.split(","))
                .map(String::trim)
                .map(ExternalService::server)
                .toList();
    }

    // java.net.URI knows no host in which there is an underscore, and Kafka's clients do.
    private static InetSocketAddress server(String url) {
        Matcher parts = SERVER.matcher(url);
        if (!parts.find()) {
            throw new IllegalArgumentException("no host in '" + url + "'");
        }
        String host = String.valueOf(parts.group("host")).replaceAll("[\\[\\]]", "");
        int port = parts.group("port") != null
                ? Integer.parseInt(parts.group("port"))
                : "https".equals(parts.group("scheme")) ? 443 : 80;
        return InetSocketAddress.createUnresolved(host, port);
    }

    private static Optional<String> connect(InetSocketAddress server) {
        try (Socket socket = new Socket()) {
            InetSocketAddress resolved = new InetSocketAddress(server.getHostString(), server.getPort());
            if (resolved.isUnresolved()) {
                return Optional.of("unknown host '" + server.getHostString() + "'");
            }
            socket.connect(resolved, (int) LIMIT.toMillis());
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(e.getMessage() == null ? e.toString() : e.getMessage());
        }
    }
}
