package dev.tarn.settings.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The part of AWS Systems Manager that Tarn asks, over its own protocol: one parameter, /museum/password. */
final class LocalParameterStore implements AutoCloseable {
    static final String VALUE = "hush \"ü\"";

    private static final Pattern NAME = Pattern.compile("\"Name\":\"([^\"]*)\"");

    private final HttpServer server;
    private final List<String> requests = new CopyOnWriteArrayList<>();

    private LocalParameterStore(HttpServer server) {
        this.server = server;
    }

    static LocalParameterStore start() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        LocalParameterStore store = new LocalParameterStore(server);
        server.createContext("/", store::answer);
        server.start();
        return store;
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** The bodies of all requests so far. */
    List<String> requests() {
        return requests;
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        requests.add(body);
        Matcher name = NAME.matcher(body);
        boolean signed = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"))
                .startsWith("AWS4-HMAC-SHA256 Credential=key-of-test/");
        if (!"AmazonSSM.GetParameter".equals(exchange.getRequestHeaders().getFirst("X-Amz-Target")) || !signed) {
            send(exchange, 400, "{\"__type\":\"InvalidAction\"}");
        } else if (name.find() && name.group(1).equals("/museum/password")) {
            String value = VALUE.replace("\"", "\\\"");
            send(exchange, 200, "{\"Parameter\":{\"Type\":\"SecureString\",\"Value\":\"" + value + "\"}}");
        } else if (body.contains("/denied")) {
            send(exchange, 400, "{\"__type\":\"AccessDeniedException\",\"message\":\"tarn may not read\\nthis\"}");
        } else {
            send(exchange, 400, "{\"__type\":\"ParameterNotFound\"}");
        }
    }

    private static void send(HttpExchange exchange, int status, String json) throws IOException {
        byte[] bytes = json.getBytes(UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.1");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
