package dev.tarn.cli;

import dev.tarn.cli.server.ProgramHome;
import dev.tarn.cli.terminal.Terminal;
import dev.tarn.cli.terminal.Terminal.Look;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/**
 * Does what users do most, for the eyes of the JVM alone: the launcher runs it to make the class-data archive, which
 * holds the classes that were loaded here. It wants only classes, so its server answers anything with one status.
 */
public final class TrainingRun {
    private static final String STATUS = """
        {"lake":"training","state":"ready","pid":%d,"address":"http://127.0.0.1","memoryBytes":1,"uptimeMillis":1,
        "version":"1","services":[{"name":"postgres","state":"healthy","pid":1,"addresses":{"jdbc":"x"},
        "memoryBytes":1,"uptimeMillis":1,"version":"1","restarts":0,"message":"words"}]}\
        """;

    private TrainingRun() {}

    /** Takes no arguments and prints nothing. */
    public static void main(String[] args) throws IOException {
        Path lake = Files.createTempDirectory("tarn-training-");
        Path note = Files.createDirectories(lake.resolve(".tarn/run")).resolve("server.json");
        Path settings = Files.writeString(lake.resolve("lake.yaml"), "name: training\n");
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread thread = new Thread(() -> answer(server), "training");
            thread.setDaemon(true);
            thread.start();
            Files.writeString(note, """
                {"pid":%d,"url":"http://127.0.0.1:%d","token":"x","startedAt":"%s","user":"x","version":"1"}\
                """.formatted(ProcessHandle.current().pid(), server.getLocalPort(), Instant.now()));
            run(lake, "--help");
            run(lake, "--version");
            run(lake, "status");
            run(lake, "status", "--output", "json");
            run(lake, "logs", "server");
            run(lake, "table", "list");
            run(lake, "up");
            Files.delete(note);
            run(lake, "status");
            run(lake, "down");
        } finally {
            Files.deleteIfExists(note);
            Files.delete(settings);
            Files.delete(lake.resolve(".tarn/run"));
            Files.delete(lake.resolve(".tarn"));
            Files.delete(lake);
        }
    }

    private static void run(Path lake, String... args) {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        Terminal terminal = new Terminal(nowhere, nowhere, Look.RICH, Look.PLAIN);
        int unused = Main.run(new TarnCommand(terminal, ProgramHome.ofThisProcess(), lake), args);
    }

    private static void answer(ServerSocket server) {
        String body = STATUS.formatted(ProcessHandle.current().pid());
        String answer = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
        while (!server.isClosed()) {
            try (Socket client = server.accept()) {
                int unused = client.getInputStream().read(new byte[8192]);
                client.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                // The training is over.
            }
        }
    }
}
