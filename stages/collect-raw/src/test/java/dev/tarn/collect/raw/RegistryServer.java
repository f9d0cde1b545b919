package dev.tarn.collect.raw;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.avro.Schema;

/** Speaks as much of the registry's API as the raw sink asks for, in the words of Apicurio 3.0.9. */
final class RegistryServer implements AutoCloseable {
    private final HttpServer server;
    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private final AtomicInteger requests = new AtomicInteger();
    private volatile boolean down;

    private RegistryServer(HttpServer server) {
        this.server = server;
    }

    static RegistryServer start() throws IOException {
        RegistryServer registry =
                new RegistryServer(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
        registry.server.createContext("/", registry::answer);
        registry.server.start();
        return registry;
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    int requests() {
        return requests.get();
    }

    void put(int id, Schema schema) throws IOException {
        put("/schemas/ids/" + id, Map.of("schema", schema.toString(), "schemaType", "AVRO", "references", List.of()));
    }

    void put(String path, Map<String, Object> document) throws IOException {
        answers.put("/apis/ccompat/v7" + path, new ObjectMapper().writeValueAsString(document));
    }

    void goDown() {
        down = true;
    }

    void comeBack() {
        down = false;
    }

    private void answer(HttpExchange exchange) throws IOException {
        requests.incrementAndGet();
        String path = exchange.getRequestURI().getPath();
        String known = answers.get(path);
        if (down) {
            send(exchange, 503, "<html>starting</html>");
        } else if (known != null) {
            send(exchange, 200, known);
        } else {
            String id = path.substring(path.lastIndexOf('/') + 1);
            send(exchange, 404, "{\"message\":\"No content with ID '" + id + "' was found.\",\"error_code\":40403}");
        }
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        try (exchange) {
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
