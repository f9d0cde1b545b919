package dev.tarn.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tarn.cli.terminal.Terminal.Look;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private final ByteArrayOutputStream words = new ByteArrayOutputStream();
    private final PrintStream stream = new PrintStream(words, true, StandardCharsets.UTF_8);
    private final Terminal terminal = new Terminal(stream, stream, Look.PLAIN, Look.RICH);
    private final AtomicLong now = new AtomicLong();

    @Test
    void plainProgressTellsChangesAndIsNeverSilentForLong() {
        try (Progress progress = new LineProgress(terminal, "starting", Duration.ZERO, now::get)) {
            progress.show(new Steps(Map.of(), List.of("server")));
            pass(2);
            progress.show(new Steps(Map.of(), List.of("server")));
            pass(1);
            progress.show(new Steps(Map.of("engine", "starting"), List.of("engine")));
            pass(1);
            progress.show(new Steps(Map.of("engine", "starting"), List.of("engine")));
            pass(1);
            progress.show(new Steps(Map.of("engine", "starting"), List.of("engine")));
            progress.show(new Steps(Map.of("engine", "healthy"), List.of()));
        }

        assertThat(words.toString(StandardCharsets.UTF_8)).isEqualTo("""
            starting: server (2 s)
            engine: starting (3 s)
            starting: engine (5 s)
            engine: healthy (5 s)
            """);
    }

    @Test
    void terminalGetsOneLineThatChanges() {
        try (Progress progress = Progress.open(terminal, "starting")) {
            progress.show(new Steps(Map.of("engine", "starting", "collect", "healthy"), List.of("engine")));
        }

        assertThat(words.toString(StandardCharsets.UTF_8))
                .contains("\r", "starting", "50%", "1/2", "engine")
                .endsWith("\n");
    }

    @Test
    void whatIsDoneSoonIsDoneInSilence() {
        assertThat(Waiting.during(terminal, "thinking", () -> 42)).isEqualTo(42);

        assertThat(words.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    void whatTakesLongIsSaidAfterTwoSeconds() {
        Terminal plain = new Terminal(terminal.data(), terminal.words(), Terminal.Look.PLAIN, Terminal.Look.PLAIN);

        Waiting.during(plain, "thinking", () -> {
            await().until(() -> words.toString(StandardCharsets.UTF_8).contains("\n"));
            return 42;
        });

        assertThat(words.toString(StandardCharsets.UTF_8)).isEqualTo("thinking (2 s)\n");
    }

    private void pass(long seconds) {
        now.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
    }
}
