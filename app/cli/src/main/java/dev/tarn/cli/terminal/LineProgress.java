package dev.tarn.cli.terminal;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** Progress as plain lines: one for each change, and one every two seconds. */
final class LineProgress implements Progress {
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(2);

    private final Terminal terminal;
    private final String doing;
    private final LongSupplier nanoTime;
    private final long start;
    private final Map<String, String> shown = new HashMap<>();
    private long lastLine;

    LineProgress(Terminal terminal, String doing, Duration elapsed, LongSupplier nanoTime) {
        this.terminal = terminal;
        this.doing = doing;
        this.nanoTime = nanoTime;
        this.start = nanoTime.getAsLong() - elapsed.toNanos();
        this.lastLine = start;
    }

    @Override
    public void show(Steps steps) {
        steps.states().forEach((name, state) -> {
            if (!state.equals(shown.put(name, state))) {
                say(name + ": " + state);
            }
        });
        if (nanoTime.getAsLong() - lastLine >= LONGEST_SILENCE.toNanos()) {
            say(doing + (steps.pending().isEmpty() ? "" : ": " + String.join(", ", steps.pending())));
        }
    }

    private void say(String news) {
        lastLine = nanoTime.getAsLong();
        terminal.say(news + " (" + Duration.ofNanos(lastLine - start).toSeconds() + " s)");
    }

    @Override
    public void close() {}
}
