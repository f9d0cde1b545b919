package dev.tarn.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * Stands in for the server in the tests of the command: a process that keeps to the same files and API. A line
 * {@code # test: …} in lake.yaml says how it behaves.
 */
public final class Main {
    private static final CountDownLatch STOP = new CountDownLatch(1);

    private Main() {}

    public static void main(String[] args) throws Exception {
        Path lake = Path.of(args[1]);
        Path run = lake.resolve(".tarn/run");
        String settings = Files.readString(lake.resolve("lake.yaml"));
        System.out.println("arguments " + List.of(args));
        if (args[0].equals("stop")) {
            stopOrphans(run);
            return;
        }
        if (settings.contains("# test: refuses")) {
            Files.writeString(run.resolve("start-error.txt"), "Cannot start: two\nreasons. [SETTINGS_INVALID]\n");
            System.exit(2);
        }
        if (settings.contains("# test: crashes")) {
            System.out.println("the last words");
            System.exit(7);
        }
        String state = settings.contains("# test: fails") ? "failed" : "ready";
        if (settings.contains("# test: hangs")) {
            state = "starting";
        }
        if (settings.contains("# test: late")) {
            try (FileChannel channel =
                    FileChannel.open(lake.resolve(".tarn/lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                channel.lock();
                Files.writeString(lake.resolve(".tarn/lock.holder"), "process 1 of user me runs it since now");
                while (!Files.exists(run.resolve("go"))) {
                    LockSupport.parkNanos(20_000_000);
                }
                serve(run, state);
                STOP.await();
            }
        } else {
            serve(run, state);
            STOP.await();
        }
        Files.delete(run.resolve("server.json"));
        System.exit(0);
    }

    private static void serve(Path run, String state) throws IOException {
        String service = switch (state) {
            case "failed" -> "failed";
            case "starting" -> "starting";
            default -> "healthy";
        };
        long pid = ProcessHandle.current().pid();
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        String url = "http://127.0.0.1:" + http.getAddress().getPort();
        AtomicBoolean healed = new AtomicBoolean();
        http.createContext("/api/v1/start", exchange -> {
            healed.set(true);
            answer(exchange, 200, "{\"started\":[\"engine\"]}");
        });
        http.createContext(
                "/api/v1/lake",
                exchange -> answer(exchange, 200, """
                    {"lake":"shop","directory":"/x","profile":null,"version":"1.2","pid":%d,"user":"me","state":"%s",
                    "address":"%s","startedAt":"2026-11-22T10:00:00Z","memoryBytes":67108864,"uptimeMillis":1000,
                    "services":[{"name":"engine","state":"%s","pid":%d,"addresses":{"jdbc":"jdbc:hive2://x","thrift":"t:1"},
                    "memoryBytes":1,"uptimeMillis":1,"version":"3.5","restarts":0,"message":%s},
                    {"name":"kafka","state":"external","pid":null,"addresses":{"bootstrap":"k:9092"},"memoryBytes":null,
                    "uptimeMillis":null,"version":null,"restarts":0,"message":null}]}\
                    """.formatted(
                                pid,
                                healed.get() ? "ready" : state,
                                url,
                                healed.get() ? "healthy" : service,
                                pid,
                                state.equals("failed") && !healed.get()
                                        ? "\"Cannot run it: no memory. [NO_MEMORY]\""
                                        : "null")));
        http.createContext("/api/v1/stop", exchange -> {
            answer(exchange, 202, "");
            STOP.countDown();
        });
        http.start();
        Path draft = Files.writeString(
                run.resolve("server.json.new"),
                "{\"pid\":%d,\"url\":\"%s\",\"token\":\"secret\",\"startedAt\":\"%s\",\"user\":\"me\",\"version\":\"1.2\"}"
                        .formatted(pid, url, Instant.now()));
        Files.move(draft, run.resolve("server.json"), StandardCopyOption.ATOMIC_MOVE);
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        boolean allowed = "Bearer secret".equals(exchange.getRequestHeaders().getFirst("Authorization"));
        byte[] bytes = (allowed ? body : "no").getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(allowed ? status : 401, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static void stopOrphans(Path run) throws IOException {
        Path note = run.resolve("collect.json");
        long pid = Long.parseLong(Files.readString(note).replaceAll("(?s).*\"pid\":(\\d+).*", "$1"));
        ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
        Files.delete(note);
    }
}
