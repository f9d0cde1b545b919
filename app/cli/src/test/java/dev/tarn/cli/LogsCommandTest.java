package dev.tarn.cli;

import static java.nio.file.StandardOpenOption.APPEND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tarn.cli.server.ProgramHome;
import dev.tarn.cli.terminal.Terminal;
import dev.tarn.cli.terminal.Terminal.Look;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogsCommandTest {
    @TempDir
    private Path directory;

    private Path log = Path.of("");

    @BeforeEach
    void createLake() throws IOException {
        Files.writeString(directory.resolve("lake.yaml"), "name: shop\n");
        log = Files.createDirectories(directory.resolve(".tarn/logs")).resolve("server.log");
    }

    @Test
    void lastHundredLinesAreShown() throws IOException {
        Files.writeString(log, lines(1, 30_000));

        assertThat(run("logs", "server")).isEqualTo(lines(29_901, 30_000));
    }

    @Test
    void linesAreCounted() throws IOException {
        Files.writeString(log, "one\n\ntwo\nthree");

        assertThat(run("logs", "server", "-n", "1")).isEqualTo("three");
        assertThat(run("logs", "server", "-n", "3")).isEqualTo("\ntwo\nthree");
        assertThat(run("logs", "server", "-n", "0")).isEmpty();
        assertThat(run("logs", "server", "-n", "9")).isEqualTo("one\n\ntwo\nthree");
    }

    @Test
    void followedLogShowsWhatComesEvenAfterItWasEmptied() throws IOException {
        Files.writeString(log, "first line of a long log\n");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Thread command = new Thread(() -> {
            PrintStream data = new PrintStream(out, true, StandardCharsets.UTF_8);
            Terminal terminal = new Terminal(data, data, Look.PLAIN, Look.PLAIN);
            int unused =
                    Main.run(new TarnCommand(terminal, new ProgramHome(directory), directory), "logs", "server", "-f");
        });
        command.start();
        try {
            await().untilAsserted(() ->
                    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("first line of a long log\n"));
            Files.writeString(log, "second\n", APPEND);
            await().untilAsserted(() ->
                    assertThat(out.toString(StandardCharsets.UTF_8)).endsWith("second\n"));
            Files.writeString(log, "third\n");
            await().untilAsserted(() ->
                    assertThat(out.toString(StandardCharsets.UTF_8)).endsWith("second\nthird\n"));
        } finally {
            command.interrupt();
        }
        await().until(() -> !command.isAlive());
    }

    private String run(String... args) {
        return new CommandRunner(directory, directory).run(args).out();
    }

    private static String lines(int first, int last) {
        return IntStream.rangeClosed(first, last)
                .mapToObj(i -> "line " + i + "\n")
                .collect(Collectors.joining());
    }
}
